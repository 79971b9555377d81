// Starts the server under test: one process and one fresh database for each
// configuration. Both upstream and an emitted server are started this way.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { exchange } from './http.mjs'

export const UPSTREAM = [process.execPath, new URL('../upstream-server.mjs', import.meta.url).pathname]
/** The command that starts a server: upstream, or what --exec says. */
export const commandOf = (exec) => (exec ? ['sh', '-c', `exec ${exec}`] : UPSTREAM)

export const SECRET = 'e2e-secret-of-at-least-thirty-two-characters'

/**
 * Starts `command` and waits until it answers; `restart` of what it returns does so again, at the same address.
 * `databaseURL` names a database that already exists and is left behind;
 * without it a fresh one is made and dropped again. `publicOrigin` is the address
 * of a balancer in front of the server, when there is one, and `mailbox` a file it
 * shares with others. `oauthOrigin` is where the provider of config.social listens, `pwnedOrigin` where the service
 * of have-i-been-pwned does.
 */
export async function launch({
  command = UPSTREAM, config, dialect, databaseURL, redisURL = process.env.TEST_REDIS_URL, publicOrigin, mailbox, oauthOrigin = '',
  pwnedOrigin = '', verbose = false,
}) {
  const folder = mkdtempSync(join(tmpdir(), 'e2e-'))
  const database = databaseURL ? { url: databaseURL, drop: async () => {} } : await createDatabase(dialect, folder)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  mailbox ??= join(folder, 'mailbox.jsonl')
  const configFile = join(folder, 'config.json')
  writeFileSync(configFile, JSON.stringify(config, null, 2))
  appendFileSync(mailbox, '')

  const env = {
    ...process.env,
    E2E_CONFIG: configFile,
    PORT: String(port),
    BETTER_AUTH_URL: publicOrigin ?? origin,
    BETTER_AUTH_SECRET: SECRET,
    DATABASE_URL: database.url,
    MAILBOX: mailbox,
    REDIS_URL: redisURL,
    E2E_OAUTH: oauthOrigin,
    E2E_PWNED: pwnedOrigin,
    NODE_ENV: 'development',
    TZ: 'UTC',
    ...config.env,
  }
  let output = ''
  let child
  let exited
  const start = async () => {
    child = spawn(command[0], command.slice(1), { env, stdio: ['ignore', verbose ? 'inherit' : 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => { output += text })
    exited = new Promise((resolve) => child.once('exit', resolve))
    await answers(origin, child)
  }
  const end = async () => {
    child.kill('SIGTERM')
    await exited
  }
  const stop = async () => {
    await end()
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  const restart = async () => {
    await end()
    await start()
  }
  try {
    await start()
  } catch (error) {
    await stop()
    throw new Error(`${error.message}\n${output}`)
  }
  return { origin, mailbox, stop, restart, pid: child.pid, output: () => output }
}

async function answers(origin, child) {
  for (let i = 0; i < 300; i++) {
    if (child.exitCode !== null) throw new Error(`server ended with code ${child.exitCode}`)
    try {
      return await exchange({ origin, method: 'GET', path: '/api/auth/ok', headers: { 'x-forwarded-for': '10.255.0.1' } })
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error('server did not answer within 30 seconds')
}

// The ports of this process. A claim is a file, so that other processes see it.
const claims = new Set()
process.once('exit', () => claims.forEach((claim) => rmSync(claim, { force: true })))

/**
 * A port that nothing listens on, and that no other run of the harness gets meanwhile: two servers started
 * at the same moment must not answer for each other. It is below the range connections are made from.
 */
export async function freePort() {
  for (;;) {
    const port = 20000 + Math.floor(Math.random() * 12000)
    const claim = join(tmpdir(), `e2e-port-${port}`)
    try {
      closeSync(openSync(claim, 'wx'))
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      continue // somebody else's
    }
    claims.add(claim)
    if (await isFree(port)) return port
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

let databases = 0

/** A new, empty database that nothing else uses. */
export async function createDatabase(dialect, folder) {
  const name = `e2e_${process.pid}_${Date.now().toString(36)}_${databases++}`
  if (dialect === 'sqlite') return { url: `file:${join(folder, 'auth.db')}`, drop: async () => {} }
  if (dialect === 'postgres') {
    const base = required('TEST_POSTGRES_URL')
    await postgres(base, `create database ${name}`)
    return { url: withDatabase(base, name), drop: () => postgres(base, `drop database ${name} with (force)`) }
  }
  if (dialect === 'mysql') {
    const base = required('TEST_MYSQL_URL')
    await maria(base, `create database ${name} character set utf8mb4`)
    return { url: withDatabase(base, name), drop: () => maria(base, `drop database ${name}`) }
  }
  throw new Error(`unknown dialect ${dialect}`)
}

function required(variable) {
  const value = process.env[variable]
  if (!value) throw new Error(`${variable} is not set: eval "$(scripts/services.sh env)"`)
  return value
}

function withDatabase(base, name) {
  const url = new URL(base)
  url.pathname = `/${name}`
  return url.href
}

async function postgres(url, statement) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function maria(url, statement) {
  const connection = await mysql.createConnection(url)
  await connection.query(statement).finally(() => connection.end())
}
