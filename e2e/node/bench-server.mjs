// Upstream as one would run it in production, for load tests: no rate limit, no
// log, no mail. Prints its pid and address and stays up until it is told to stop.
//
//   node bench-server.mjs --database file:/path/auth.db|postgres://…|mysql://… [--port 3000] [--redis]
//
// With --redis sessions are in the Redis of REDIS_URL.
// Figures for SQLite want the driver upstream is usually run with:
//   npm install --no-save better-sqlite3 && SQLITE_DRIVER=better-sqlite3 node bench-server.mjs …
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'

// Upstream reads the mode while it is loaded, so it is loaded after this.
process.env.NODE_ENV = 'production'
const { toNodeHandler } = await import('better-auth/node')
const { startUpstream } = await import('./upstream.mjs')
const { SECRET } = await import('./lib/launch.mjs')

const { values: args } = parseArgs({
  options: { database: { type: 'string' }, port: { type: 'string', default: '3000' }, redis: { type: 'boolean', default: false } },
})
if (!args.database) {
  console.error('usage: node bench-server.mjs --database URL [--port 3000] [--redis]')
  process.exit(2)
}
const port = Number(args.port)
const config = args.redis ? { options: { secondaryStorage: 'redis' } } : {}
const auth = await startUpstream({ config, port, databaseURL: args.database, secret: SECRET })
const server = createServer(toNodeHandler(auth))
server.listen(port, '127.0.0.1', () => {
  console.log(JSON.stringify({ pid: process.pid, url: `http://127.0.0.1:${port}/api/auth` }))
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))
