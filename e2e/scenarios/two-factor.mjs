import { twoFactor } from '../configs.mjs'
import { leaveTime, parseURI, PASSWORD, totp, unusedTotp, wrongTotp } from '../node/lib/scenario.mjs'

export const config = twoFactor

/** A user whose TOTP is set up and proven; the browser keeps its session. */
async function enrolled(t, name = 'ada', more = {}) {
  const browser = await t.signedUp(name, more)
  const { json } = await browser.post('/two-factor/enable', { password: PASSWORD })
  const secret = parseURI(json.totpURI)
  await browser.post('/two-factor/verify-totp', { code: t.mask(unusedTotp(secret), 'code') })
  return { browser, secret, backupCodes: json.backupCodes, email: t.email(name) }
}

async function challenged(t, email, more = {}, browser = t.browser()) {
  await browser.post('/sign-in/email', { email, password: PASSWORD, ...more })
  return browser
}

/** Posts a code; the transcript shows what it is, not its digits. */
function verify(t, browser, code, more = {}, path = '/two-factor/verify-totp') {
  return browser.post(path, { code: t.mask(code, 'code'), ...more })
}

async function otpFor(t, browser, email) {
  await browser.post('/two-factor/send-otp', {})
  return (await t.mail('two-factor-otp', email)).otp
}

const otherThan = (otp) => (otp === '000000' ? '000001' : '000000')

export const scenarios = {
  'enrolment': async (t) => {
    const browser = await t.signedUp('ada')
    for (const body of [{}, { password: '' }, { password: 'not the password' }, { password: PASSWORD, method: 'sms' }, { password: PASSWORD, issuer: 7 }, null]) await browser.post('/two-factor/enable', body)
    await browser.post('/two-factor/get-totp-uri', { password: PASSWORD })
    const { json } = await browser.post('/two-factor/enable', { password: PASSWORD })
    await browser.get('/get-session')
    await verify(t, browser, wrongTotp(parseURI(json.totpURI)))
    await browser.post('/two-factor/verify-totp', {})
    await verify(t, browser, totp(parseURI(json.totpURI)))
    await browser.get('/get-session')
    await browser.get('/list-sessions')
    await browser.post('/two-factor/enable', { password: PASSWORD })
    await browser.post('/two-factor/get-totp-uri', { password: PASSWORD })
    await browser.post('/two-factor/get-totp-uri', { password: 'not the password' })
  },

  'a second enable replaces an unproven secret': async (t) => {
    const browser = await t.signedUp('ada')
    const first = await browser.post('/two-factor/enable', { password: PASSWORD })
    const second = await browser.post('/two-factor/enable', { password: PASSWORD, issuer: 'Other Issuer & Co' })
    await verify(t, browser, totp(parseURI(first.json.totpURI)))
    await verify(t, browser, totp(parseURI(second.json.totpURI)))
  },

  'nobody without a session': async (t) => {
    for (const path of ['enable', 'disable', 'get-totp-uri', 'generate-backup-codes']) await t.browser().post(`/two-factor/${path}`, { password: PASSWORD })
    for (const path of ['verify-totp', 'verify-otp', 'verify-backup-code']) await t.browser().post(`/two-factor/${path}`, { code: '123456' })
    await t.browser().post('/two-factor/send-otp', {})
    await t.browser().send({ method: 'POST', path: '/two-factor/send-otp', label: 'send-otp without a body' })
    for (const path of ['generate-totp', 'view-backup-codes', 'generateTOTP', 'totp/generate']) await t.browser().post(`/two-factor/${path}`, {})
  },

  'sign-in with TOTP': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = await challenged(t, email)
    await browser.get('/get-session')
    await verify(t, browser, wrongTotp(secret))
    await browser.post('/two-factor/verify-totp', { code: '' })
    await browser.post('/two-factor/verify-totp', { code: 123456 })
    await verify(t, browser, unusedTotp(secret))
    await browser.get('/get-session')
    await verify(t, browser, unusedTotp(secret))
  },

  'sign-in by username is challenged': async (t) => {
    const username = t.username('ada')
    const { secret } = await enrolled(t, 'ada', { username })
    const browser = t.browser()
    await browser.post('/sign-in/username', { username, password: PASSWORD, callbackURL: '/inside' })
    await verify(t, browser, unusedTotp(secret))
  },

  'sign-in keeps rememberMe false': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = await challenged(t, email, { rememberMe: false, callbackURL: '/inside' })
    await verify(t, browser, unusedTotp(secret))
    await browser.get('/get-session')
  },

  'the codes next to now': async (t) => {
    leaveTime()
    const { email, secret } = await enrolled(t)
    await verify(t, await challenged(t, email), totp(secret, -1))
    await verify(t, await challenged(t, email), totp(secret, 1))
    await verify(t, await challenged(t, email), totp(secret, 9))
  },

  'sign-in with a mailed code': async (t) => {
    const { email } = await enrolled(t)
    const browser = await challenged(t, email)
    const otp = await otpFor(t, browser, email)
    await verify(t, browser, otherThan(otp), {}, '/two-factor/verify-otp')
    await verify(t, browser, otp, {}, '/two-factor/verify-otp')
    await browser.get('/get-session')
    const again = await challenged(t, email)
    await verify(t, again, otp, {}, '/two-factor/verify-otp')
    await again.post('/two-factor/verify-otp', {})
  },

  'a newer mailed code replaces the older': async (t) => {
    const { email } = await enrolled(t)
    const browser = await challenged(t, email)
    const first = await otpFor(t, browser, email)
    const second = await otpFor(t, browser, email)
    if (first !== second) await verify(t, browser, first, {}, '/two-factor/verify-otp')
    await verify(t, browser, second, {}, '/two-factor/verify-otp')
  },

  'a mailed code allows five tries': async (t) => {
    const { email } = await enrolled(t)
    const browser = await challenged(t, email)
    const otp = await otpFor(t, browser, email)
    for (let i = 0; i < 6; i++) await verify(t, browser, otherThan(otp), {}, '/two-factor/verify-otp')
    await verify(t, browser, otp, {}, '/two-factor/verify-otp')
  },

  'backup codes': async (t) => {
    const { browser: owner, email, backupCodes } = await enrolled(t)
    const path = '/two-factor/verify-backup-code'
    t.note('shape', { count: backupCodes.length, distinct: new Set(backupCodes).size })
    const browser = await challenged(t, email)
    await browser.post(path, { code: 'aaaaa-aaaaa' })
    await browser.post(path, {})
    await browser.post(path, { code: backupCodes[0] })
    await browser.get('/get-session')
    await (await challenged(t, email)).post(path, { code: backupCodes[0] })
    await (await challenged(t, email)).post(path, { code: backupCodes[1], trustDevice: true })
    const silent = await challenged(t, email)
    await silent.post(path, { code: backupCodes[2], disableSession: true })
    await silent.get('/get-session')
    await silent.post(path, { code: backupCodes[3] })
    await owner.post(path, { code: backupCodes[4] })
    await owner.post(path, { code: backupCodes[5], disableSession: true })
    await owner.post('/two-factor/generate-backup-codes', {})
    await owner.post('/two-factor/generate-backup-codes', { password: 'not the password' })
    const { json } = await owner.post('/two-factor/generate-backup-codes', { password: PASSWORD })
    await (await challenged(t, email)).post(path, { code: backupCodes[6] })
    await (await challenged(t, email)).post(path, { code: json.backupCodes[0] })
  },

  'generate-backup-codes needs two-factor': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/two-factor/generate-backup-codes', { password: PASSWORD })
    await browser.post('/two-factor/generate-backup-codes', { password: 'not the password' })
    await browser.post('/two-factor/verify-backup-code', { code: 'aaaaa-aaaaa' })
    await browser.post('/two-factor/verify-totp', { code: '123456' })
  },

  'trusted devices': async (t) => {
    const { browser: owner, email, secret } = await enrolled(t)
    const browser = await challenged(t, email)
    await verify(t, browser, unusedTotp(secret), { trustDevice: true })
    await browser.post('/sign-out', {})
    const before = browser.jar.clone()
    await challenged(t, email, {}, browser)
    await browser.post('/sign-out', {})
    await challenged(t, email, {}, t.browser(before))
    await challenged(t, email, { rememberMe: false }, browser)
    await browser.post('/sign-out', {})

    const eve = await enrolled(t, 'eve')
    await challenged(t, eve.email, {}, browser)
    await owner.get('/get-session')
  },

  'a tampered trust cookie is ignored': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = await challenged(t, email)
    await verify(t, browser, unusedTotp(secret), { trustDevice: true })
    await browser.post('/sign-out', {})
    browser.jar.set('better-auth.trust_device', 'x.y')
    await challenged(t, email, {}, browser)
  },

  'trustDevice with a browser session': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = await challenged(t, email, { rememberMe: false })
    await verify(t, browser, unusedTotp(secret), { trustDevice: true })
    await browser.get('/get-session')
  },

  'five wrong tries end the challenge': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = await challenged(t, email)
    for (let i = 0; i < 7; i++) await verify(t, browser, wrongTotp(secret))
    await verify(t, browser, unusedTotp(secret))
  },

  'TOTP and backup codes share the five tries': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = await challenged(t, email)
    for (let i = 0; i < 3; i++) await verify(t, browser, wrongTotp(secret))
    for (let i = 0; i < 3; i++) await browser.post('/two-factor/verify-backup-code', { code: 'aaaaa-aaaaa' })
  },

  'ten wrong tries lock the account': async (t) => {
    const { email, secret } = await enrolled(t)
    for (let round = 0; round < 2; round++) {
      const browser = await challenged(t, email)
      for (let i = 0; i < 5; i++) await verify(t, browser, wrongTotp(secret))
    }
    const browser = await challenged(t, email)
    await verify(t, browser, unusedTotp(secret))
    await browser.post('/two-factor/verify-backup-code', { code: 'aaaaa-aaaaa' })
    await browser.post('/two-factor/send-otp', {})
    const { otp } = await t.mail('two-factor-otp', email)
    await verify(t, browser, otp, {}, '/two-factor/verify-otp')
  },

  'a challenge is used once': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = await challenged(t, email)
    const copy = t.browser(browser.jar.clone())
    await verify(t, browser, unusedTotp(secret))
    await verify(t, copy, unusedTotp(secret))
  },

  'a tampered challenge': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = await challenged(t, email)
    browser.jar.set('better-auth.two_factor', `2fa-aaaaaaaaaaaaaaaaaaaa.${encodeURIComponent('A'.repeat(43) + '=')}`)
    await verify(t, browser, unusedTotp(secret))
  },

  'two concurrent verifications make one session': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = await challenged(t, email)
    const code = unusedTotp(secret)
    const answers = await Promise.all([0, 1, 2].map(() => t.browser(browser.jar.clone()).post('/two-factor/verify-totp', { code }, { quiet: true })))
    t.note('statuses', answers.map(({ status }) => status).sort())
  },

  'disable': async (t) => {
    const { browser: owner, email, secret } = await enrolled(t)
    const trusted = await challenged(t, email)
    await verify(t, trusted, unusedTotp(secret), { trustDevice: true })
    await owner.post('/two-factor/disable', {})
    await owner.post('/two-factor/disable', { password: 'not the password' })
    await trusted.post('/two-factor/disable', { password: PASSWORD })
    await trusted.get('/get-session')
    await owner.post('/two-factor/disable', { password: PASSWORD })
    await challenged(t, email)
    await owner.post('/two-factor/get-totp-uri', { password: PASSWORD })
  },

  'only mailed codes': async (t) => {
    const browser = await t.signedUp('ada')
    const email = t.email('ada')
    await browser.post('/two-factor/enable', { password: PASSWORD, method: 'otp' })
    await browser.get('/get-session')
    const other = await challenged(t, email)
    await other.post('/two-factor/verify-totp', { code: '123456' })
    await other.post('/two-factor/verify-backup-code', { code: 'aaaaa-aaaaa' })
    const otp = await otpFor(t, other, email)
    await verify(t, other, otp, { trustDevice: true }, '/two-factor/verify-otp')
    await browser.post('/two-factor/generate-backup-codes', { password: PASSWORD })
    const { json } = await browser.post('/two-factor/enable', { password: PASSWORD })
    await challenged(t, email)
    await verify(t, browser, totp(parseURI(json.totpURI)))
    await challenged(t, email)
  },

  'a mailed code switches two-factor on': async (t) => {
    const browser = await t.signedUp('ada')
    const otp = await otpFor(t, browser, t.email('ada'))
    await verify(t, browser, otp, {}, '/two-factor/verify-otp')
    await browser.get('/get-session')
    await challenged(t, t.email('ada'))
  },

  'twoFactorEnabled may not be set by the client': async (t) => {
    const browser = await t.signedUp('ada', { twoFactorEnabled: true })
    await browser.post('/update-user', { twoFactorEnabled: true })
    await browser.get('/get-session')
  },
}
