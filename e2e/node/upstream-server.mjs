// Upstream behind node:http on 127.0.0.1:$PORT; the environment is described in ../README.md.
import { createServer } from 'node:http'
import { toNodeHandler } from 'better-auth/node'
import { readSettings, startUpstream } from './upstream.mjs'

const settings = readSettings()
const auth = await startUpstream(settings)
const handle = toNodeHandler(auth)

const server = createServer((request, response) => {
  handle(request, response).catch((error) => {
    console.error(error)
    response.statusCode = 500
    response.end()
  })
})
server.keepAliveTimeout = 60_000
server.listen(settings.port, '127.0.0.1', () => {
  console.log(`upstream pid ${process.pid} on http://127.0.0.1:${server.address().port}`)
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))
