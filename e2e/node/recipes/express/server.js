import http from 'node:http'
import express from 'express'
import { bundledClient } from '../../lib/site.mjs'
import { mayEnter } from '../edge.js'
import { page } from '../page.js'
import { sessionOf } from '../session.js'

const { AUTH_SERVER, PORT } = process.env
const client = await bundledClient()
const app = express()

// Before express.json(): the body is passed on as it is.
app.all('/api/auth/{*rest}', (req, res) => {
  const { host, ...rest } = req.headers
  const headers = { ...rest, 'x-forwarded-for': req.ip } // not what the browser may have written there
  const onward = http.request(new URL(req.originalUrl, AUTH_SERVER), { method: req.method, headers }, (answer) => {
    res.writeHead(answer.statusCode, answer.headers)
    answer.pipe(res)
  })
  onward.on('error', () => res.headersSent ? res.destroy() : res.sendStatus(502))
  req.pipe(onward)
})

app.use('/members', async (req, res, next) => {
  await mayEnter(new Headers({ cookie: req.headers.cookie ?? '' })) ? next() : res.redirect('/')
})

app.get(['/', '/members'], async (req, res) => res.send(page(await sessionOf(req.headers.cookie))))
app.get('/client.js', (req, res) => res.type('js').send(client))
app.listen(PORT, '127.0.0.1')
