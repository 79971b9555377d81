// Lets a server, upstream unless --exec names another, fill a database and writes
// down everything needed to check that another server can take it over.
//
//   node fill.mjs --database file:/path/auth.db|postgres://…|mysql://… --out filled.json [--config NAME] [--exec COMMAND]
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import * as configs from '../configs.mjs'
import { commandOf, launch, SECRET } from './lib/launch.mjs'
import { parseURI, PASSWORD, Scenario, unusedTotp } from './lib/scenario.mjs'

const { values: args } = parseArgs({ options: { database: { type: 'string' }, out: { type: 'string' }, config: { type: 'string', default: 'take-over' }, exec: { type: 'string' } } })
if (!args.database || !args.out) {
  console.error('usage: node fill.mjs --database URL --out FILE [--config NAME] [--exec COMMAND]')
  process.exit(2)
}

const config = Object.values(configs).find(({ name }) => name === args.config)
const server = await launch({ command: commandOf(args.exec), config, databaseURL: args.database })
try {
  const t = new Scenario({ name: 'fill', origin: server.origin, secret: SECRET, mailbox: server.mailbox, run: `${process.pid}` })
  const filled = { config, secret: SECRET, plain: await fillPlain(t), account: await fillAccount(t), twoFactor: await fillTwoFactor(t) }
  writeFileSync(args.out, JSON.stringify(filled, null, 2) + '\n')
} finally {
  await server.stop()
}

/** A user with everything set, several sessions and a password in Unicode. */
async function fillPlain(t) {
  const password = 'Pässwörd ﬁne ①'
  const user = { name: 'Zoë <b> & 😀', email: t.email('plain'), password, username: t.username('plain'), displayUsername: 'Plain User', image: 'https://img.example.com/a.png', ...config.fill }
  const browser = t.browser()
  must(await browser.post('/sign-up/email', user))
  must(await browser.post('/send-verification-email', { email: user.email }))
  must(await browser.get(`/verify-email?token=${(await t.mail('verification', user.email)).token}`))
  const short = t.browser()
  must(await short.post('/sign-in/email', { email: user.email, password, rememberMe: false }))
  return {
    ...user,
    cookies: browser.jar.values(),
    browserSessionCookies: short.jar.values(),
    session: must(await browser.get('/get-session')).json,
    accounts: must(await browser.get('/list-accounts')).json,
    sessions: must(await browser.get('/list-sessions')).json,
  }
}

/** A user whose reset, verification and deletion mails are still unopened. */
async function fillAccount(t) {
  const browser = await t.signedUp('account')
  const email = t.email('account')
  must(await browser.post('/send-verification-email', { email }))
  must(await browser.post('/request-password-reset', { email }))
  must(await browser.post('/delete-user', {}))
  const token = async (type) => (await t.mail(type, email)).token
  return {
    email,
    password: PASSWORD,
    cookies: browser.jar.values(),
    verification: await token('verification'),
    reset: await token('reset-password'),
    deletion: await token('delete-verification'),
  }
}

/** A user with two factors, a trusted device and a challenge half-way through. */
async function fillTwoFactor(t) {
  const owner = await t.signedUp('second')
  const email = t.email('second')
  const { totpURI, backupCodes } = must(await owner.post('/two-factor/enable', { password: PASSWORD })).json
  const secret = parseURI(totpURI)
  const code = () => unusedTotp(secret)
  must(await owner.post('/two-factor/verify-totp', { code: code() }))

  const trusted = t.browser()
  must(await trusted.post('/sign-in/email', { email, password: PASSWORD }))
  must(await trusted.post('/two-factor/verify-totp', { code: code(), trustDevice: true }))
  must(await trusted.post('/sign-out', {}))

  const challenged = t.browser()
  must(await challenged.post('/sign-in/email', { email, password: PASSWORD }))
  const mailed = t.browser()
  must(await mailed.post('/sign-in/email', { email, password: PASSWORD }))
  must(await mailed.post('/two-factor/send-otp', {}))
  const { otp } = await t.mail('two-factor-otp', email)
  return {
    email,
    password: PASSWORD,
    totpURI,
    backupCodes,
    cookies: owner.jar.values(),
    trustedCookies: trusted.jar.values(),
    challengeCookies: challenged.jar.values(),
    mailedCookies: mailed.jar.values(),
    otp,
  }
}

function must(answer) {
  if (answer.status !== 200) throw new Error(`the server answered ${answer.status}: ${answer.text}`)
  return answer
}
