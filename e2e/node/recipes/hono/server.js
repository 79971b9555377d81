import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { bundledClient } from '../../lib/site.mjs'
import { mayEnter } from '../edge.js'
import { forward } from '../forward.js'
import { page } from '../page.js'
import { sessionOf } from '../session.js'

const { AUTH_SERVER, PORT } = process.env
const client = await bundledClient()
const app = new Hono()

app.all('/api/auth/*', (c) => forward(c.req.raw, AUTH_SERVER, getConnInfo(c).remote.address))

app.use('/members', async (c, next) => await mayEnter(c.req.raw.headers) ? next() : c.redirect('/'))

for (const path of ['/', '/members']) app.get(path, async (c) => c.html(page(await sessionOf(c.req.header('cookie')))))
app.get('/client.js', (c) => c.body(client, 200, { 'content-type': 'text/javascript' }))
serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' })
