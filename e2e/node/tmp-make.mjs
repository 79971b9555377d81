import { startUpstream } from './upstream.mjs'
await startUpstream({ config: JSON.parse(process.env.CFG), port: 3999, databaseURL: process.env.DATABASE_URL, secret: 'x'.repeat(40) })
process.exit(0)
