// An application's front end at its smallest: every path is a page with the unmodified npm client as window.authClient.
import { serve } from '@hono/node-server'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { fileURLToPath } from 'node:url'
import { forward } from '../recipes/forward.js'

const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>site</title><script type="module" src="/client.js"></script>'

/** The npm client as a browser loads it; without `baseURL` it calls the origin of its page. */
export async function bundledClient(baseURL) {
  const contents = `import { createAuthClient } from 'better-auth/client'
    window.authClient = createAuthClient(${JSON.stringify(baseURL ? { baseURL } : {})})`
  const resolveDir = fileURLToPath(new URL('..', import.meta.url))
  const { outputFiles } = await build({ stdin: { contents, resolveDir }, bundle: true, format: 'esm', write: false })
  return outputFiles[0].text
}

/** Serves the pages on a port of 127.0.0.1, which is localhost, too; calls below /api/auth go to `server` if there is one. */
export async function startSite({ port, server, baseURL }) {
  const client = await bundledClient(baseURL)
  const app = new Hono()
  if (server) app.all('/api/auth/*', (c) => forward(c.req.raw, server))
  app.get('/client.js', (c) => c.body(client, 200, { 'content-type': 'text/javascript' }))
  app.get('*', (c) => c.html(PAGE))
  return serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
}

/** Opens a page and waits for its client. */
export async function visit(page, url) {
  await page.goto(url)
  await page.waitForFunction(() => window.authClient)
}

/** Calls a function of the client in the page, such as 'signIn.email', and answers {data, error}. */
export function call(page, method, ...parameters) {
  return page.evaluate(async ([method, parameters]) => {
    const target = method.split('.').reduce((client, key) => client[key], window.authClient)
    const { data, error } = await target(...parameters)
    return { data, error }
  }, [method, parameters])
}
