import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { forward } from './forward.js'
import { page } from './page.mjs'

export function start(server, port) {
  const app = new Hono()
  app.all('/api/auth/*', (c) => forward(c.req.raw, server))
  app.get('/', async (c) => c.html(await page(c.req.raw.headers, server)))
  return serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
}
