import { request } from 'node:http'
import express from 'express'
import { page } from './page.mjs'

export function start(server, port) {
  const app = express()
  // Before express.json(): the body is passed on as it is.
  app.all('/api/auth/{*rest}', (req, res) => {
    const { host, ...headers } = req.headers
    const onward = request(new URL(req.originalUrl, server), { method: req.method, headers }, (answer) => {
      res.writeHead(answer.statusCode, answer.headers)
      answer.pipe(res)
    })
    onward.on('error', () => res.headersSent ? res.destroy() : res.sendStatus(502))
    req.pipe(onward)
  })
  app.get('/', async (req, res) => res.send(await page(new Headers({ cookie: req.headers.cookie ?? '' }), server)))
  return app.listen(port, '127.0.0.1')
}
