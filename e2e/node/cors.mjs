// Sign-in from a page of another origin in Chromium, with the npm client and the option `cors`: of the same site, of
// another site, and from an origin that is not allowed.
//
//   CHROMIUM=/usr/bin/chromium node cors.mjs --exec COMMAND
import assert from 'node:assert/strict'
import { parseArgs } from 'node:util'
import { cors, corsAcrossSites } from '../configs.mjs'
import { runChecks } from './lib/browser.mjs'
import { commandOf, freePort, launch } from './lib/launch.mjs'
import { PASSWORD } from './lib/scenario.mjs'
import { call, startSite, visit } from './lib/site.mjs'

const { values: args } = parseArgs({ options: { exec: { type: 'string' } } })
// The servers are on 127.0.0.1, which localhost is another site than.
const lax = await start(cors, '127.0.0.1')
const laxElsewhere = await start(cors, 'localhost')
const none = await start(corsAcrossSites, 'localhost')

const failed = await runChecks([sameSite, anotherSite, anotherSiteWithoutCookies, notAllowed, notAllowedUnasked])
for (const setup of [lax, laxElsewhere, none]) await setup.stop()
process.exit(failed ? 1 : 0)

/** An auth server, a site of an allowed origin, and one of an origin that is not. */
async function start(config, host) {
  const ports = [await freePort(), await freePort()]
  const [page, stranger] = ports.map((port) => `http://${host}:${port}`)
  const server = await launch({ command: commandOf(args.exec), config: { ...config, env: { E2E_PAGE: page } }, dialect: 'sqlite' })
  const sites = await Promise.all(ports.map((port) => startSite({ port, baseURL: server.origin })))
  const stop = async () => {
    for (const site of sites) {
      site.close()
      site.closeAllConnections()
    }
    await server.stop()
  }
  return { page, stranger, server: server.origin, stop }
}

/** Another port: another origin of the same site, where cookies need no attributes of their own. */
async function sameSite(page) {
  await tour(page, lax)
  for (const cookie of await page.context().cookies()) assert.deepEqual([cookie.sameSite, cookie.secure], ['Lax', false])
}

/** Another site: cookies come along if they say so, and browsers that block others' let partitioned ones through. */
async function anotherSite(page) {
  await tour(page, none)
  for (const cookie of await page.context().cookies()) assert.deepEqual([cookie.sameSite, cookie.secure], ['None', true])
}

/** Signs up, out and in; a page that is opened later is signed in. */
async function tour(page, { page: site }) {
  const email = 'ada@example.com'
  const isSignedIn = async (expected) => assert.equal((await call(page, 'getSession')).data?.user.email, expected)
  await visit(page, site)
  await isSignedIn(undefined)
  assert.equal((await call(page, 'signUp.email', { name: 'Ada', email, password: PASSWORD })).error, null)
  await isSignedIn(email)
  assert.equal((await call(page, 'signOut')).error, null)
  await isSignedIn(undefined)
  assert.equal((await call(page, 'signIn.email', { email, password: PASSWORD })).error, null)
  await visit(page, `${site}/later`)
  await isSignedIn(email)
  const { error } = await call(page, 'signIn.email', { email, password: 'wrong' })
  assert.equal(error.code, 'INVALID_EMAIL_OR_PASSWORD') // a page may read errors, too
}

/** Cookies that are Lax do not come along from another site, so nobody is signed in there. */
async function anotherSiteWithoutCookies(page) {
  await visit(page, laxElsewhere.page)
  assert.equal((await call(page, 'signUp.email', { name: 'Bob', email: 'bob@example.com', password: PASSWORD })).error, null)
  assert.equal((await call(page, 'getSession')).data, null)
}

/** The browser asks first and is told no; what a signed-in person could see stays hidden. */
async function notAllowed(page) {
  const user = { name: 'Eve', email: 'eve@example.com', password: PASSWORD }
  await visit(page, lax.page)
  assert.equal((await call(page, 'signUp.email', user)).error, null)
  await visit(page, lax.stranger)
  await assert.rejects(call(page, 'getSession'), /Failed to fetch/)
  await assert.rejects(call(page, 'signOut'), /Failed to fetch/)
  await assert.rejects(call(page, 'signUp.email', { ...user, email: 'new@example.com' }), /Failed to fetch/)
  await visit(page, lax.page)
  assert.equal((await call(page, 'getSession')).data.user.email, user.email)
  assert.equal((await call(page, 'signIn.email', { email: 'new@example.com', password: PASSWORD })).error.status, 401)
}

/** A request the browser sends without asking does nothing either, though the cookies come along. */
async function notAllowedUnasked(page) {
  const email = 'hal@example.com'
  const signOut = async () => {
    const answer = page.waitForResponse((response) => response.url().endsWith('/sign-out'))
    await page.evaluate((server) => fetch(`${server}/api/auth/sign-out`, { method: 'POST', mode: 'no-cors', credentials: 'include' }), lax.server)
    return (await answer).status()
  }
  await visit(page, lax.page)
  assert.equal((await call(page, 'signUp.email', { name: 'Hal', email, password: PASSWORD })).error, null)
  await visit(page, lax.stranger)
  assert.equal(await signOut(), 403)
  await visit(page, lax.page)
  assert.equal((await call(page, 'getSession')).data.user.email, email)
  assert.equal(await signOut(), 200) // it would have worked
  assert.equal((await call(page, 'getSession')).data, null)
}
