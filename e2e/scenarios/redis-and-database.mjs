import { redisAndDatabase } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'
import { scenarios as cached } from './cookie-cache.mjs'
import { scenarios as reset } from './password-reset.mjs'

export const config = redisAndDatabase

export const scenarios = {
  'sign-up, reads and sign-out': cached['sign-up, reads and sign-out'],
  'updates renew the cache': cached['updates renew the cache'],
  'a reset: token in the query': reset['token in the query'],
  'deletion': cached['deletion'],

  'a mailed code': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/two-factor/enable', { password: PASSWORD })
    await browser.post('/two-factor/send-otp', {})
    const { otp } = await t.mail('two-factor-otp', t.email('ada'))
    await browser.post('/two-factor/verify-otp', { code: t.mask(otp, 'otp') })
    await browser.post('/two-factor/verify-otp', { code: otp })
    await browser.get('/get-session')
  },

  'revoked everywhere': async (t) => {
    const browser = await t.signedUp('ada')
    const other = t.browser()
    await other.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await browser.post('/revoke-other-sessions', {})
    await other.get('/get-session?disableCookieCache=true')
    await browser.get('/list-sessions')
    await browser.post('/revoke-sessions', {})
    await browser.get('/get-session?disableCookieCache=true')
  },
}
