// Checks that what may be used once is used once, however many callers try at the
// same time: 50 requests in parallel, exactly one of them succeeds.
//
//   node once.mjs --exec COMMAND [--dialect sqlite|postgres|mysql]
import { parseArgs } from 'node:util'
import { takeOver } from '../configs.mjs'
import { commandOf, launch, SECRET } from './lib/launch.mjs'
import { troubles } from './lib/log.mjs'
import { parseURI, PASSWORD, Scenario, unusedTotp } from './lib/scenario.mjs'

const AT_ONCE = 50

const { values: args } = parseArgs({ options: { exec: { type: 'string' }, dialect: { type: 'string', default: 'sqlite' } } })
const races = {
  'a reset token': async (t) => {
    await t.signedUp('reset')
    await t.browser().post('/request-password-reset', { email: t.email('reset') })
    const { token } = await t.mail('reset-password', t.email('reset'))
    return (i) => t.browser().post('/reset-password', { token, newPassword: `password number ${i}` })
  },
  'a deletion link': async (t) => {
    const browser = await t.signedUp('leaver')
    await browser.post('/delete-user', {})
    const { token } = await t.mail('delete-verification', t.email('leaver'))
    return () => t.browser(browser.jar.clone()).get(`/delete-user/callback?token=${token}`)
  },
  'a second-factor challenge': async (t) => {
    const { secret, challenge } = await enrolled(t, 'challenged')
    const { jar } = await challenge()
    const code = unusedTotp(secret)
    return () => t.browser(jar.clone()).post('/two-factor/verify-totp', { code })
  },
  'a mailed code': async (t) => {
    const { email, challenge } = await enrolled(t, 'mailed')
    const browser = await challenge()
    await browser.post('/two-factor/send-otp', {})
    const { otp } = await t.mail('two-factor-otp', email)
    return () => t.browser(browser.jar.clone()).post('/two-factor/verify-otp', { code: otp })
  },
  'a backup code': async (t) => {
    const { backupCodes, challenge } = await enrolled(t, 'saved')
    const challenged = []
    for (let i = 0; i < AT_ONCE; i++) challenged.push(await challenge())
    return (i) => challenged[i].post('/two-factor/verify-backup-code', { code: backupCodes[0] })
  },
  'an e-mail address': async (t) => {
    const email = t.email('twin')
    return (i) => t.browser().post('/sign-up/email', { name: `twin ${i}`, email, password: PASSWORD })
  },
}

const server = await launch({ command: commandOf(args.exec), config: takeOver, dialect: args.dialect })
const problems = []
const secrets = []
try {
  for (const [name, prepare] of Object.entries(races)) await race(name, prepare)
} finally {
  await server.stop()
}
problems.push(...troubles(server.output(), secrets))
for (const problem of problems) console.log(`FAILED  ${problem}`)
process.exit(problems.length ? 1 : 0)

async function race(name, prepare) {
  const t = new Scenario({ name, origin: server.origin, secret: SECRET, mailbox: server.mailbox, run: `${process.pid}` })
  secrets.push({ name, secrets: t.secrets })
  const attempt = await prepare(t)
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => attempt(i)))
  const counts = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  console.log(`${name}: ${JSON.stringify(counts)}`)
  if (counts[200] !== 1) problems.push(`${name} was accepted ${counts[200] ?? 0} times`)
  for (const status of Object.keys(counts)) if (status >= 500) problems.push(`${name}: status ${status}: ${answers.find((a) => a.status == status).text}`)
}

/** A user with two factors, and how to get half-way through another sign-in. */
async function enrolled(t, name) {
  const owner = await t.signedUp(name)
  const email = t.email(name)
  const { totpURI, backupCodes } = (await owner.post('/two-factor/enable', { password: PASSWORD })).json
  const secret = parseURI(totpURI)
  await owner.post('/two-factor/verify-totp', { code: unusedTotp(secret) })
  const challenge = async () => {
    const browser = t.browser()
    const { json } = await browser.post('/sign-in/email', { email, password: PASSWORD })
    if (!json?.twoFactorRedirect) throw new Error(`${name}: sign-in was not challenged`)
    return browser
  }
  return { email, secret, backupCodes, challenge }
}
