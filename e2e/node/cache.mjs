// Checks that the cookie cache is the same to both: what an edge middleware does with Better Auth's
// getSessionCookie and getCookieCache works on the cookies of the server under test, and the server
// believes the copies Better Auth makes.
//
//   node cache.mjs --exec COMMAND
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { getCookieCache, getSessionCookie } from 'better-auth/cookies'
import { cookieCache, cookieCacheJwe, cookieCacheJwt } from '../configs.mjs'
import { commandOf, launch, SECRET, UPSTREAM } from './lib/launch.mjs'
import { PASSWORD, Scenario } from './lib/scenario.mjs'

const { values: args } = parseArgs({ options: { exec: { type: 'string' } } })

// Everything JSON.stringify leaves alone and other languages escape.
const NAME = `<b> & "quote" \\ \\u2028 ü é 😀 \u2028 \u2029 \u007f \u0001 \b\f\t`
const DATA = 'better-auth.session_data'

for (const config of [cookieCache, cookieCacheJwt, cookieCacheJwe]) {
  const { strategy = 'compact', version = '1' } = config.options.session.cookieCache
  const folder = mkdtempSync(join(tmpdir(), 'e2e-cache-'))
  const databaseURL = `file:${join(folder, 'auth.db')}`
  const ours = await launch({ command: commandOf(args.exec), config, databaseURL })
  const theirs = await launch({ command: UPSTREAM, config, databaseURL })
  try {
    await readByBetterAuth(ours, strategy, version)
    await readByUs(theirs, ours, strategy)
    await readByUs(ours, theirs, strategy)
    console.log(`${strategy}: read both ways`)
  } finally {
    await ours.stop()
    await theirs.stop()
    rmSync(folder, { recursive: true })
  }
}

function scenario(server, name) {
  return new Scenario({ name, origin: server.origin, secret: SECRET, mailbox: server.mailbox, run: `${process.pid}` })
}

/** An edge middleware reads the cookies without asking the server. */
async function readByBetterAuth(server, strategy, version) {
  const t = scenario(server, 'edge')
  for (const image of [null, `https://img.example.com/${'x&'.repeat(3000)}`]) {
    const browser = await t.signedUp(image ? 'large' : 'small', { name: NAME, image: image ?? undefined })
    const stored = (await browser.get('/get-session')).json
    const headers = new Headers({ cookie: browser.jar.header() })
    assert.equal(getSessionCookie(headers), decodeURIComponent(browser.jar.get('better-auth.session_token')), 'session token')
    const copy = await getCookieCache(headers, { secret: SECRET, strategy, version, isSecure: false })
    assert.ok(copy, `${strategy}: getCookieCache refuses the copy`)
    assert.deepEqual(JSON.parse(JSON.stringify({ session: copy.session, user: copy.user })), stored)
    assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(copy))).slice(0, 4), ['session', 'user', 'updatedAt', 'version'])
    assert.equal(await getCookieCache(headers, { secret: SECRET, strategy, version: 'other', isSecure: false }), null, 'another version')
    assert.equal(await getCookieCache(headers, { secret: `${SECRET}!`, strategy, isSecure: false }), null, 'another secret')
  }
}

/** One server signs up, the other, on the same database, reads the copy: even when the session is gone. */
async function readByUs(maker, reader, strategy) {
  const made = scenario(maker, `made by ${maker.pid}`)
  const browser = await made.signedUp('ada', { name: NAME })
  const { jar } = browser
  const read = scenario(reader, 'read').browser(jar.clone())
  const before = (await browser.get('/get-session')).json
  await made.browser(jar.clone()).post('/revoke-sessions', {})
  const answer = await read.get('/get-session')
  assert.deepEqual(answer.json, before, `${strategy}: the copy is not believed`)
  assert.deepEqual(answer.setCookie, [])
  assert.equal((await read.get('/get-session?disableCookieCache=true')).json, null)
  jar.set(DATA, 'garbage')
  assert.equal((await scenario(reader, 'read').browser(jar).get('/get-session')).json, null)
  assert.equal((await made.browser().post('/sign-in/email', { email: made.email('ada'), password: PASSWORD })).status, 200)
}
