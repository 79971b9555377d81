import { cookieCacheJwt } from '../configs.mjs'
import { PASSWORD, sleep } from '../node/lib/scenario.mjs'

export const config = cookieCacheJwt

const DATA = 'better-auth.session_data'
const hidden = { secretNote: 'nobody sees this', score: 15, birthday: '1990-12-10T00:00:00.000Z' }

export const scenarios = {
  'an old copy is renewed': async (t) => {
    const browser = await t.signedUp('ada', hidden)
    await browser.get('/get-session')
    await browser.get('/list-accounts')
    await sleep(4000)
    await browser.get('/get-session')
    await browser.get('/get-session')
  },

  'update-session renews the copy': async (t) => {
    const browser = await t.signedUp('ada', hidden)
    await browser.post('/update-session', { theme: 'dark <&>', ticket: 'nobody sees this' })
    await browser.get('/get-session')
    await browser.get('/get-session?disableCookieCache=true')
    await browser.get('/get-session?disableRefresh=true&disableCookieCache=true')
  },

  'copies of another making': async (t) => {
    const browser = await t.signedUp('ada')
    const [header, payload, signature] = browser.jar.get(DATA).split('.')
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url')), version: '6' }
    const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const copy of [
      [header, encode(claims), signature],
      [encode({ alg: 'none' }), payload, ''],
      [header, payload, ''],
    ]) {
      browser.jar.set(DATA, copy.join('.'))
      await browser.get('/get-session')
    }
  },

  'the next sign-in replaces it': async (t) => {
    const browser = await t.signedUp('ada', hidden)
    await browser.post('/sign-out', {})
    await browser.get('/get-session')
    await browser.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD, rememberMe: false })
    await browser.get('/get-session')
    await browser.post('/change-password', { currentPassword: PASSWORD, newPassword: 'another password', revokeOtherSessions: true })
    await browser.get('/get-session')
  },
}
