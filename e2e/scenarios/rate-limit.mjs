import { limited } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = limited

const times = async (n, f) => { for (let i = 0; i < n; i++) await f(i) }

export const scenarios = {
  'sign-in: three in ten seconds': async (t) => {
    await times(5, () => t.curl().post('/sign-in/email', { email: t.email('nobody'), password: PASSWORD }))
    await t.curl().post('/sign-in/email', {}, { headers: { 'x-forwarded-for': '203.0.113.77' }, label: 'another address' })
    await t.curl().get('/get-session', { label: 'another path' })
  },

  'sign-up: three in ten seconds': (t) => times(4, () => t.curl().post('/sign-up/email', {})),
  'change-password: three in ten seconds': (t) => times(4, () => t.curl().post('/change-password', {})),
  'change-email: three in ten seconds': (t) => times(4, () => t.curl().post('/change-email', {})),
  'request-password-reset: three in a minute': (t) => times(4, () => t.curl().post('/request-password-reset', {})),
  'send-verification-email: three in a minute': (t) => times(4, () => t.curl().post('/send-verification-email', {})),
  'two-factor: three in ten seconds, each path': async (t) => {
    await times(4, () => t.curl().post('/two-factor/verify-totp', {}))
    await t.curl().post('/two-factor/send-otp', {})
  },
  'the general rule': (t) => times(8, () => t.curl().get('/get-session')),
  'unknown paths count too': (t) => times(8, () => t.curl().get('/nothing')),
  'methods share a bucket': async (t) => {
    await times(4, () => t.curl().get('/ok'))
    await times(4, () => t.curl().post('/ok', {}))
  },
  'a custom rule': (t) => times(3, () => t.curl().get('/list-accounts')),
  'a custom rule with a wildcard': async (t) => {
    await times(2, () => t.curl().post('/revoke-sessions', {}))
    await t.curl().post('/revoke-session', {})
  },
  'the query is not part of the key': (t) => times(4, (i) => t.curl().post(`/change-email?x=${i}`, {})),
  'a trailing slash': async (t) => {
    await times(3, () => t.curl().post('/change-email', {}))
    await t.curl().post('/change-email/', {})
  },
  'an unusable address falls back': (t) => times(4, () => t.curl().post('/sign-in/email', {}, { headers: { 'x-forwarded-for': '203.0.113.1, 203.0.113.2' } })),
}
