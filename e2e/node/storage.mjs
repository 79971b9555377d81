// Checks that Better Auth and the server under test can share one Redis: two instances of one
// application, each of which reads, changes and ends the sessions of the other.
//
//   node storage.mjs --exec COMMAND
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { redis as config } from '../configs.mjs'
import { commandOf, launch, SECRET, UPSTREAM } from './lib/launch.mjs'
import { troubles } from './lib/log.mjs'
import { Redis } from './lib/redis.mjs'
import { PASSWORD, Scenario, sleep } from './lib/scenario.mjs'

const { values: args } = parseArgs({ options: { exec: { type: 'string' } } })

const folder = mkdtempSync(join(tmpdir(), 'e2e-storage-'))
const databaseURL = `file:${join(folder, 'auth.db')}`
const ours = await launch({ command: commandOf(args.exec), config, databaseURL })
const theirs = await launch({ command: UPSTREAM, config, databaseURL })
const redis = new Redis(process.env.TEST_REDIS_URL)
try {
  await share(ours, theirs, 'ours to theirs')
  await share(theirs, ours, 'theirs to ours')
  await sameFormat()
  await atOnce()
} finally {
  redis.close()
  await ours.stop()
  await theirs.stop()
  rmSync(folder, { recursive: true })
}
const problems = troubles(ours.output(), [])
for (const problem of problems) console.log(`FAILED  ${problem}`)
process.exit(problems.length ? 1 : 0)

function scenario(server, name) {
  return new Scenario({ name, origin: server.origin, secret: SECRET, mailbox: server.mailbox, run: `${process.pid}` })
}

async function stored(key) {
  return JSON.parse(await redis.send('GET', key))
}

/** What one server opens, the other reads, changes and ends. */
async function share(one, other, name) {
  const t = scenario(one, name)
  const browser = await t.signedUp('ada', { name: 'Zoë <&> \u2028' })
  const there = scenario(other, name).browser(browser.jar.clone())
  assert.deepEqual((await there.get('/get-session')).json, (await browser.get('/get-session')).json)

  await there.post('/update-user', { name: 'Countess' })
  assert.equal((await browser.get('/get-session')).json.user.name, 'Countess')

  const second = scenario(other, name).browser()
  await second.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
  assert.equal((await browser.get('/list-sessions')).json.length, 2)
  await browser.post('/revoke-other-sessions', {})
  assert.equal((await second.get('/get-session')).json, null, 'revoked at once')

  await t.browser().post('/request-password-reset', { email: t.email('ada') })
  const { token } = await t.mail('reset-password', t.email('ada'))
  const reset = { token, newPassword: 'a new password' }
  assert.equal((await scenario(other, name).browser().post('/reset-password', reset)).status, 200)
  assert.equal((await t.browser().post('/reset-password', reset)).status, 400, 'single use')

  await there.post('/sign-out', {})
  assert.equal((await browser.get('/get-session')).json, null)
  console.log(`${name}: shared`)
}

/** Both write the same members to the same keys, with the same lifetimes. */
async function sameFormat() {
  const seen = []
  for (const server of [ours, theirs]) {
    const t = scenario(server, `format ${server.pid}`)
    const { user } = await t.signedUp('ada')
    const [{ token, expiresAt, ...more }] = await stored(`active-sessions-${user.id}`)
    const value = await stored(token)
    assert.equal(value.session.expiresAt, new Date(expiresAt).toISOString())
    await t.browser().post('/request-password-reset', { email: t.email('ada') })
    const reset = `verification:reset-password:${(await t.mail('reset-password', t.email('ada'))).token}`
    const lifetimes = []
    for (const key of [token, `active-sessions-${user.id}`, reset]) lifetimes.push(Math.round((await redis.send('TTL', key)) / 60))
    seen.push({ more, lifetimes, session: shape(value.session), user: shape(value.user), reset: shape(await stored(reset)) })
  }
  assert.deepEqual(seen[0], seen[1])
  console.log('the same format')
}

/** The members of an object and what kind of value they have. */
function shape(object) {
  const kind = (value) => (value === null ? 'null' : /^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/.test(value) ? 'date' : typeof value)
  return Object.fromEntries(Object.keys(object).sort().map((key) => [key, kind(object[key])]))
}

/** Sessions opened at once are all in the list, and a revocation meets them all. */
async function atOnce() {
  const t = scenario(ours, 'at once')
  const browser = await t.signedUp('ada')
  const others = Array.from({ length: 10 }, () => t.browser())
  await Promise.all(others.map((other) => other.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })))
  assert.equal((await browser.get('/list-sessions')).json.length, 11)
  await browser.post('/revoke-sessions', {})
  await sleep(50)
  for (const other of others) assert.equal((await other.get('/get-session')).json, null)
  console.log('opened at once, revoked at once')
}
