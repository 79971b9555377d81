// Checks that a server works on a database that another one filled.
//
//   node probe.mjs --filled filled.json --target URL
//   node probe.mjs --filled filled.json --target upstream --database URL
//   node probe.mjs --filled filled.json --exec COMMAND --database URL
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { readFileSync } from 'node:fs'
import { Jar } from './lib/http.mjs'
import { commandOf, launch } from './lib/launch.mjs'
import { parseURI, Scenario, unusedTotp, wrongTotp } from './lib/scenario.mjs'

const { values: args } = parseArgs({ options: { filled: { type: 'string' }, target: { type: 'string' }, database: { type: 'string' }, exec: { type: 'string' } } })
if (!args.filled || !(args.target || args.exec)) {
  console.error('usage: node probe.mjs --filled FILE --target URL|upstream | --exec COMMAND [--database URL]')
  process.exit(2)
}
const { config, secret, plain, account, twoFactor } = JSON.parse(readFileSync(args.filled, 'utf8'))
const server = args.exec || args.target === 'upstream'
  ? await launch({ command: commandOf(args.exec), config, databaseURL: args.database })
  : { origin: new URL(args.target).origin, stop: async () => {} }
const t = new Scenario({ name: 'probe', origin: server.origin, secret, run: `${process.pid}` })
const withCookies = (cookies) => t.browser(Jar.from(cookies))
let failed = 0

try {
  await probePlain()
  await probeAccount()
  await probeTwoFactor()
} finally {
  await server.stop()
}
console.log(failed ? `${failed} checks failed` : 'every check passed')
process.exit(failed ? 1 : 0)

async function probePlain() {
  const browser = withCookies(plain.cookies)
  same('an existing cookie still means the same session and user', (await browser.get('/get-session')).json, plain.session)
  same('the accounts are unchanged', (await browser.get('/list-accounts')).json, plain.accounts)
  same('the sessions are unchanged', byToken((await browser.get('/list-sessions')).json), byToken(plain.sessions))
  status('a browser session still works', await withCookies(plain.browserSessionCookies).get('/list-accounts'), 200)

  const { email, password, username } = plain
  status('sign-in by e-mail', await t.browser().post('/sign-in/email', { email, password }), 200)
  status('the password is normalised (NFKC)', await t.browser().post('/sign-in/email', { email, password: password.normalize('NFKD') }), 200)
  status('a wrong password', await t.browser().post('/sign-in/email', { email, password: `${password}x` }), 401)
  status('sign-in by username', await t.browser().post('/sign-in/username', { username: username.toUpperCase(), password }), 200)
  status('the address is taken', await t.browser().post('/sign-up/email', { name: 'x', email, password }), 422)
  status('the profile can be changed', await browser.post('/update-user', { name: 'Renamed' }), 200)
  same('and shows the change', (await browser.get('/get-session')).json?.user.name, 'Renamed')
  status('sign-out', await browser.post('/sign-out', {}), 200)
  same('ends the session', (await withCookies(plain.cookies).get('/get-session')).json, null)
}

async function probeAccount() {
  const browser = withCookies(account.cookies)
  status('a verification link in flight', await browser.get(`/verify-email?token=${account.verification}`), 200)
  same('verifies the address', (await browser.get('/get-session')).json?.user.emailVerified, true)
  const newPassword = 'a password after take-over'
  status('a reset link in flight', await t.browser().post('/reset-password', { token: account.reset, newPassword }), 200)
  status('is used once', await t.browser().post('/reset-password', { token: account.reset, newPassword }), 400)
  status('the old password is gone', await t.browser().post('/sign-in/email', { email: account.email, password: account.password }), 401)
  status('the new password works', await t.browser().post('/sign-in/email', { email: account.email, password: newPassword }), 200)
  status('a deletion link in flight', await browser.get(`/delete-user/callback?token=${account.deletion}`), 200)
  status('deletes the user', await t.browser().post('/sign-in/email', { email: account.email, password: newPassword }), 401)
}

async function probeTwoFactor() {
  const secret = parseURI(twoFactor.totpURI)
  const { email, password } = twoFactor
  const challenge = async () => {
    const browser = t.browser()
    const { json } = await browser.post('/sign-in/email', { email, password })
    same('sign-in is challenged', json, { twoFactorRedirect: true, twoFactorMethods: ['totp', 'otp'] })
    return browser
  }
  const half = withCookies(twoFactor.challengeCookies)
  status('a challenge in flight, wrong code', await half.post('/two-factor/verify-totp', { code: wrongTotp(secret) }), 401)
  status('a challenge in flight', await half.post('/two-factor/verify-totp', { code: unusedTotp(secret) }), 200)
  status('a mailed code in flight', await withCookies(twoFactor.mailedCookies).post('/two-factor/verify-otp', { code: twoFactor.otp }), 200)
  status('a new challenge', await (await challenge()).post('/two-factor/verify-totp', { code: unusedTotp(secret) }), 200)
  const code = twoFactor.backupCodes[0]
  status('a backup code', await (await challenge()).post('/two-factor/verify-backup-code', { code }), 200)
  status('works once', await (await challenge()).post('/two-factor/verify-backup-code', { code }), 401)

  const trusted = withCookies(twoFactor.trustedCookies)
  const answer = await trusted.post('/sign-in/email', { email, password })
  same('a trusted device is not challenged', Boolean(answer.json?.token), true)
  const owner = withCookies(twoFactor.cookies)
  same('the same TOTP URI', (await owner.post('/two-factor/get-totp-uri', { password })).json?.totpURI, twoFactor.totpURI)
  status('two-factor can be switched off', await owner.post('/two-factor/disable', { password }), 200)
  same('and then sign-in is direct', Boolean((await t.browser().post('/sign-in/email', { email, password })).json?.token), true)
}

function byToken(sessions) {
  return [...sessions ?? []].sort((a, b) => (a.token < b.token ? -1 : 1))
}

function status(label, answer, expected) {
  report(label, answer.status === expected, `status ${answer.status} instead of ${expected}: ${answer.text}`)
}

function same(label, actual, expected) {
  report(label, isDeepStrictEqual(actual, expected), `${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`)
}

function report(label, ok, problem) {
  if (!ok) failed++
  console.log(ok ? `ok      ${label}` : `FAILED  ${label}: ${problem}`)
}
