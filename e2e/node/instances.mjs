// Two servers on one database, with Redis or without, behind a balancer: what one knows
// the other knows at once, limits are shared, single-use values are single, a rolling
// restart loses no session, and without the database or Redis nobody is signed in.
//
//   node instances.mjs --exec COMMAND --dialect postgres|mysql [--redis]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { instances, redisInstances } from '../configs.mjs'
import { Balancer, Wire } from './lib/balancer.mjs'
import { commandOf, createDatabase, launch, SECRET } from './lib/launch.mjs'
import { troubles } from './lib/log.mjs'
import { PASSWORD, Scenario } from './lib/scenario.mjs'

const { values: args } = parseArgs({
  options: { exec: { type: 'string' }, dialect: { type: 'string', default: 'postgres' }, redis: { type: 'boolean', default: false } },
})
const config = args.redis ? redisInstances : instances
const problems = []
const secrets = []
let output = ''

const folder = mkdtempSync(join(tmpdir(), 'e2e-instances-'))
const mailbox = join(folder, 'mailbox.jsonl')
const database = await createDatabase(args.dialect, folder)
const wire = await Wire.to(database.url)
const redis = args.redis ? await Wire.to(process.env.TEST_REDIS_URL) : undefined
const balancer = await Balancer.listen(0)
const running = {}

try {
  for (const name of ['a', 'b']) await start(name)
  await check('a session ends everywhere at once', sessions)
  await check('a reset token works once', resetToken)
  await check('no session is lost in a rolling restart', rollingRestart)
  await check('limits are shared', limits)
  await check('without the database nobody gets signed in', (t, expect) => down(wire, t, expect))
  if (redis) await check('without Redis nobody is signed in', (t, expect) => down(redis, t, expect))
} finally {
  for (const name of Object.keys(running)) await stop(name)
  await balancer.close()
  await wire.close()
  await redis?.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
}
problems.push(...troubles(output, secrets))
for (const problem of problems) console.log(`FAILED  ${problem}`)
process.exit(problems.length ? 1 : 0)

async function start(name) {
  running[name] = await launch({
    command: commandOf(args.exec), config, databaseURL: wire.url, redisURL: redis?.url, publicOrigin: balancer.origin, mailbox,
  })
  balancer.add(name, running[name].origin)
}

async function stop(name) {
  await balancer.remove(name)
  await running[name].stop()
  output += running[name].output()
  delete running[name]
}

/** Runs one check; `expect` notes what is not as it should be. */
async function check(name, run) {
  const t = new Scenario({ name, origin: balancer.origin, secret: SECRET, mailbox, run: `${process.pid}` })
  secrets.push({ name, secrets: t.secrets })
  const expect = (ok, what) => { if (!ok) problems.push(`${name}: ${what}`) }
  const noted = await run(t, expect)
  console.log(`${name}${noted ? `: ${noted}` : ''}`)
}

async function sessions(t, expect) {
  const browser = await t.signedUp('roamer', { rememberMe: true })
  const at = (instance) => ({ headers: { 'x-instance': instance } })
  for (const instance of ['a', 'b']) {
    const { json } = await browser.get('/get-session', at(instance))
    expect(json?.user.email === t.email('roamer'), `instance ${instance} does not know the session`)
  }
  await browser.post('/update-user', { name: 'Renamed' }, at('a'))
  const { json } = await browser.get('/get-session', at('b'))
  expect(json?.user.name === 'Renamed', 'instance b has an old name')
  const other = t.browser()
  await other.post('/sign-in/email', { email: t.email('roamer'), password: PASSWORD }, at('b'))
  await other.post('/revoke-other-sessions', {}, at('b'))
  for (const instance of ['a', 'b']) {
    const answer = await browser.get('/get-session', at(instance))
    expect(answer.text === 'null', `instance ${instance} still takes a revoked session`)
  }
}

async function resetToken(t, expect) {
  await t.signedUp('forgetful')
  await t.browser().post('/request-password-reset', { email: t.email('forgetful') })
  const { token } = await t.mail('reset-password', t.email('forgetful'))
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) =>
    t.browser().post('/reset-password', { token, newPassword: `password number ${i}` }, { headers: { 'x-instance': i % 2 ? 'a' : 'b' } })))
  const taken = answers.filter(({ status }) => status === 200).length
  expect(taken === 1, `it was taken ${taken} times`)
}

async function rollingRestart(t, expect) {
  const browsers = await Promise.all(Array.from({ length: 8 }, (_, i) => t.signedUp(`rider${i}`)))
  let over = false
  let reads = 0
  const riding = browsers.map(async (browser, i) => {
    while (!over) {
      const answer = await browser.get('/get-session', { quiet: true })
      reads++
      if (answer.json?.user?.email !== t.email(`rider${i}`)) return expect(false, `rider ${i} got ${answer.status} ${answer.text.slice(0, 100)}`)
    }
  })
  for (const name of ['a', 'b']) {
    await stop(name)
    await start(name)
  }
  over = true
  await Promise.all(riding)
  return `${reads} reads`
}

async function limits(t, expect) {
  const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => t.curl().get('/ok', { headers: { 'x-instance': i % 2 ? 'a' : 'b' } })))
  const allowed = answers.filter(({ status }) => status === 200).length
  expect(allowed === 5, `${allowed} requests were let through, not 5`)
}

/** With the wire to a service cut nobody is signed in who needs it for that; afterwards everything is back. */
async function down(service, t, expect) {
  const browser = await t.signedUp('stranded')
  service.cut()
  const sessionsStay = redis && service !== redis // they are in Redis
  const without = [
    ...(sessionsStay ? [] : [await browser.get('/get-session'), await browser.get('/list-sessions')]),
    await t.browser().post('/sign-in/email', { email: t.email('stranded'), password: PASSWORD }),
    await t.browser().post('/sign-up/email', { name: 'x', email: t.email('late'), password: PASSWORD }),
  ]
  for (const { status, setCookie, text } of without) {
    expect(status === 500 && setCookie.length === 0 && !text.includes('@'), `an answer without the service: ${status} ${text}`)
  }
  service.mend()
  let back
  for (let i = 0; i < 100 && !back; i++) { // connections that died with the wire are found out one by one
    back = (await browser.get('/get-session')).json?.user
    if (!back) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(back?.email === t.email('stranded'), 'the session is not back with the service')
}
