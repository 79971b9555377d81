import { twoFactorStrict } from '../configs.mjs'
import { parseURI, PASSWORD, sleep, unusedTotp, wrongTotp } from '../node/lib/scenario.mjs'

export const config = twoFactorStrict

async function enrolled(t) {
  const browser = await t.signedUp('ada')
  const { json } = await browser.post('/two-factor/enable', { password: PASSWORD })
  return { browser, secret: parseURI(json.totpURI), backupCodes: json.backupCodes, email: t.email('ada') }
}

const verify = (t, browser, code, more) => browser.post('/two-factor/verify-totp', { code: t.mask(code, 'code'), ...more })

export const scenarios = {
  'enabled at once, eight digits, four codes': async (t) => {
    const { browser, backupCodes } = await enrolled(t)
    t.note('backup codes', backupCodes.map((code) => code.replace(/[A-Za-z0-9]/g, 'x')))
    await browser.get('/get-session')
    await browser.post('/two-factor/get-totp-uri', { password: PASSWORD })
    await browser.post('/two-factor/send-otp', {})
    await browser.post('/two-factor/verify-otp', { code: '123456' })
    await browser.post('/two-factor/enable', { password: PASSWORD, method: 'otp' })
  },

  'no session leaks out of a challenge': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = t.browser()
    await browser.post('/sign-in/email', { email, password: PASSWORD })
    t.note('cookies', Object.keys(browser.jar.values()))
    await verify(t, browser, unusedTotp(secret), { trustDevice: true })
    t.note('cookies', Object.keys(browser.jar.values()))
    await browser.get('/get-session')
    await browser.post('/sign-out', {})
    await browser.post('/sign-in/email', { email, password: PASSWORD })
  },

  'three wrong tries lock for five seconds': async (t) => {
    const { email, secret } = await enrolled(t)
    const browser = t.browser()
    await browser.post('/sign-in/email', { email, password: PASSWORD })
    for (let i = 0; i < 3; i++) await verify(t, browser, wrongTotp(secret))
    await verify(t, browser, unusedTotp(secret))
    await sleep(5300)
    await verify(t, browser, wrongTotp(secret))
    await verify(t, browser, unusedTotp(secret))
  },
}
