// Sign-in with a real OpenID provider in Chromium: the npm client in a page, the provider's login and consent pages,
// and the way back.
//
//   CHROMIUM=/usr/bin/chromium node openid.mjs --exec COMMAND
import assert from 'node:assert/strict'
import { parseArgs } from 'node:util'
import { openid } from '../configs.mjs'
import { runChecks } from './lib/browser.mjs'
import { commandOf, freePort, launch } from './lib/launch.mjs'
import { call, startSite, visit } from './lib/site.mjs'
import { startOpenIDProvider, TENANT } from './openid-provider.mjs'

const { values: args } = parseArgs({ options: { exec: { type: 'string' } } })
const port = await freePort()
const site = `http://127.0.0.1:${port}`
const callbackOf = (provider) => `${site}/api/auth/callback/${provider}`
const provider = await startOpenIDProvider(['acme', 'microsoft', 'posts'].map(callbackOf), `${site}/bye`)
const server = await launch({ command: commandOf(args.exec), config: openid, dialect: 'sqlite', publicOrigin: site, oauthOrigin: provider.origin })
const front = await startSite({ port, server: server.origin })

const checks = [discovered, builtIn, posted, linked, denied, loginDenied, replayed, stolen, tokens]
const failed = await runChecks(checks)
front.close()
front.closeAllConnections()
provider.stop()
await server.stop()
if (failed) console.log(server.output())
process.exit(failed ? 1 : 0)

/** A provider found by discovery: a new user is welcomed, a known one is not. */
async function discovered(page) {
  const asked = await begin(page, 'acme')
  assert.equal(asked.searchParams.get('code_challenge_method'), 'S256')
  assert.match(asked.searchParams.get('nonce'), /^.{16,}$/)
  await login(page, 'ada')
  await agree(page)
  await arrives(page, '/welcome')
  await isSignedIn(page, 'ada')
  await signOut(page)
  await begin(page, 'acme')
  await login(page, 'ada')
  await agree(page)
  await arrives(page, '/inside')
  await isSignedIn(page, 'ada')
}

/** A built-in provider: Microsoft, whose ID token is all there is. */
async function builtIn(page) {
  const asked = await begin(page, 'microsoft')
  assert.equal(asked.searchParams.get('code_challenge_method'), 'S256')
  await login(page, 'bob')
  await agree(page)
  await arrives(page, '/welcome')
  await isSignedIn(page, 'bob')
  assert.deepEqual(await accounts(page), ['microsoft oid-of-bob'])
}

/** A provider that has the browser post its answer. It comes from another site, so a browser adds no cookie that is Lax. */
async function posted(page) {
  const callback = page.waitForRequest((request) => request.method() === 'POST' && request.url() === callbackOf('posts'))
  const asked = await begin(page, 'posts')
  assert.equal(asked.searchParams.get('response_mode'), 'form_post')
  await login(page, 'leo')
  await agree(page)
  await arrives(page, '/welcome')
  await callback
  await isSignedIn(page, 'leo')
}

/** A second account for who is signed in, and none for somebody with another address. */
async function linked(page) {
  await signIn(page, 'acme', 'eve')
  await begin(page, 'microsoft', 'linkSocial')
  await login(page, 'eve')
  await agree(page)
  await arrives(page, '/inside')
  assert.deepEqual(await accounts(page), ['acme eve', 'microsoft oid-of-eve'])

  await page.context().clearCookies()
  await signIn(page, 'acme', 'frank')
  await begin(page, 'microsoft', 'linkSocial')
  await login(page, 'grace')
  await agree(page)
  const { searchParams } = await arrives(page, '/failed')
  assert.equal(searchParams.get('error'), 'email_does_not_match')
  assert.deepEqual(await accounts(page), ['acme frank'])
}

/** Somebody logs in at the provider and does not want the application to know. */
async function denied(page) {
  await begin(page, 'acme')
  await login(page, 'hal')
  await page.getByText('Continue').waitFor()
  await refuse(page)
}

/** Somebody does not even log in. */
async function loginDenied(page) {
  await begin(page, 'microsoft')
  await refuse(page)
}

async function refuse(page) {
  await page.getByText('Cancel').click()
  const { searchParams } = await arrives(page, '/failed')
  assert.equal(searchParams.get('error'), 'access_denied')
  assert.equal(searchParams.get('error_description'), 'End-User aborted interaction')
  await isSignedOut(page)
}

/** A callback works once, even in the browser it was for. */
async function replayed(page) {
  const callback = callbackSeen(page)
  await signIn(page, 'acme', 'ida')
  await signOut(page)
  await refuses(page, await callback, '/api/auth/error')
  assert.equal(redemptions(await callback), 1)
}

/** A callback nobody used yet is worth nothing in another browser: no victim is signed in as somebody else. */
async function stolen(page, context) {
  await begin(page, 'acme')
  await login(page, 'jim')
  const callback = await agreeWithoutFollowing(page)
  const other = await context.browser().newContext()
  await refuses(await other.newPage(), callback, '/failed')
  await other.close()
  assert.equal(redemptions(callback), 0)
  await page.goto(callback)
  await arrives(page, '/welcome')
}

/** The provider's tokens: they work there, and are renewed there. */
async function tokens(page) {
  for (const name of ['acme', 'microsoft']) {
    await page.context().clearCookies()
    await signIn(page, name, `kay.${name}`)
    const accountId = (await call(page, 'listAccounts')).data[0].id
    const { data: first, error } = await call(page, 'getAccessToken', { accountId })
    assert.equal(error, null)
    assert.ok(first.scopes.includes('offline_access'), first.scopes)
    assert.equal((await userinfo(name, first.accessToken)).sub, `kay.${name}`)
    for (let i = 0; i < 2; i++) { // a refresh token works once, so the new one must have been kept
      const { data: next, error } = await call(page, 'refreshToken', { accountId })
      assert.equal(error, null)
      assert.notEqual(next.accessToken, first.accessToken)
      assert.equal((await userinfo(name, next.accessToken)).sub, `kay.${name}`)
      assert.equal((await call(page, 'getAccessToken', { accountId })).data.accessToken, next.accessToken)
    }
    const { data: info } = await call(page, 'accountInfo', { query: { accountId } })
    assert.equal(info.user.email, `kay.${name}@example.com`)
  }
}

/** Calls the client and waits for the provider's page; answers what the provider was asked. */
async function begin(page, provider, method = 'signIn.social') {
  const asked = page.waitForRequest((request) => request.url().includes('/authorize') || request.url().includes('/auth?'))
  await visit(page, site)
  await follow(page, method, { provider, callbackURL: '/inside', newUserCallbackURL: '/welcome', errorCallbackURL: '/failed' })
  return new URL((await asked).url())
}

async function login(page, name) {
  await page.fill('input[name=login]', name)
  await page.fill('input[name=password]', 'any')
  await page.click('button[type=submit]')
}

function agree(page) {
  return page.getByText('Continue').click()
}

/** Agrees as the form on the page would, and answers the callback the browser would be sent to. */
async function agreeWithoutFollowing(page) {
  const { request } = page.context()
  const form = page.locator('form').filter({ hasText: 'Continue' })
  let answer = await request.post(await form.getAttribute('action'), { form: { prompt: 'consent' }, maxRedirects: 0 })
  while (!answer.headers().location.startsWith(site)) answer = await request.get(answer.headers().location, { maxRedirects: 0 })
  return answer.headers().location
}

async function signIn(page, provider, name) {
  await begin(page, provider)
  await login(page, name)
  await agree(page)
  await arrives(page, '/welcome')
}

/** Signs out here and, on its own page, at the provider. */
async function signOut(page) {
  await follow(page, 'signOut', { callbackURL: '/bye' })
  await page.getByText('Yes, sign me out').click()
  await arrives(page, '/bye')
  await isSignedOut(page)
}

/** Calls a function of the client that takes the browser to another page. */
async function follow(page, method, parameters) {
  await call(page, method, parameters).catch((error) => {
    if (!/navigation|destroyed/.test(error.message)) throw error // the page has gone
  })
}

async function arrives(page, path) {
  await page.waitForURL((url) => url.origin === site && !url.pathname.startsWith('/api/auth/callback'))
  const url = new URL(page.url())
  assert.equal(url.pathname, path, `arrived at ${url}`)
  await page.waitForFunction(() => window.authClient)
  return url
}

async function isSignedIn(page, name) {
  const { data } = await call(page, 'getSession')
  assert.equal(data?.user.email, `${name}@example.com`)
  assert.equal(data.user.name, name)
  assert.equal(data.user.emailVerified, true)
}

async function isSignedOut(page) {
  await visit(page, site)
  assert.equal((await call(page, 'getSession')).data, null)
}

async function accounts(page) {
  const { data } = await call(page, 'listAccounts')
  return data.map(({ providerId, accountId }) => `${providerId} ${accountId}`).sort()
}

async function callbackSeen(page) {
  const request = await page.waitForRequest((request) => request.url().startsWith(callbackOf('')))
  return request.url()
}

/** Opens a callback that must open no session, but a page that says why. */
async function refuses(page, callback, path) {
  await page.goto(callback)
  const { pathname, searchParams } = new URL(page.url())
  assert.equal(pathname, path)
  assert.equal(searchParams.get('error'), 'state_mismatch')
  await isSignedOut(page)
}

/** How often the code of a callback was taken to the provider. */
function redemptions(callback) {
  const code = new URL(callback).searchParams.get('code')
  return provider.redeemed.filter((one) => one === code).length
}

async function userinfo(name, token) {
  const issuer = name === 'acme' ? provider.origin : `${provider.origin}/${TENANT}`
  const answer = await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } })
  return answer.json()
}
