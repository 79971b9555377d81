import { core } from '../configs.mjs'

export const config = core

const ok = { callbackURL: '/verified' }

export const scenarios = {
  'verify-email as JSON': async (t) => {
    const browser = await t.signedUp('ada')
    const email = t.email('ada')
    await browser.post('/send-verification-email', { email })
    const { token } = await t.mail('verification', email)
    await t.curl().get(`/verify-email?token=${token}`)
    await browser.get('/get-session')
    await t.curl().get(`/verify-email?token=${token}`)
    await browser.post('/send-verification-email', { email })
    await t.mailsLeft(email)
  },

  'verify-email with a redirect': async (t) => {
    const browser = await t.signedUp('ada')
    const email = t.email('ada')
    await browser.post('/send-verification-email', { email, ...ok })
    const { url } = await t.mail('verification', email)
    await browser.open(url)
    await browser.get('/get-session')
    await browser.open(url)
  },

  'signed out: every address gets the same answer': async (t) => {
    await t.signedUp('ada')
    const email = t.email('ada')
    await t.browser().post('/send-verification-email', { email, ...ok })
    await t.browser().post('/send-verification-email', { email: t.email('nobody'), ...ok })
    const { token } = await t.mail('verification', email)
    await t.curl().get(`/verify-email?token=${token}`)
    await t.browser().post('/send-verification-email', { email })
    await t.mailsLeft(email)
    await t.mailsLeft(t.email('nobody'))
  },

  'signed in: only the own address': async (t) => {
    await t.signedUp('eve')
    const browser = await t.signedUp('ada')
    await browser.post('/send-verification-email', { email: t.email('eve') })
    await browser.post('/send-verification-email', { email: t.email('nobody') })
    await browser.post('/send-verification-email', { email: t.mask(t.email('ada').toUpperCase(), 'ADA@') })
    await t.mail('verification', t.email('ada'))
    await t.mailsLeft(t.email('eve'))
  },

  'unusable input': async (t) => {
    for (const body of [{}, { email: 'plain' }, { email: '' }, { email: 7 }, null]) await t.browser().post('/send-verification-email', body)
    await t.browser().post('/send-verification-email', { email: t.email('ada'), callbackURL: 'https://evil.example.net' })
    await t.browser().post('/send-verification-email', { email: t.email('ada'), callbackURL: 7 })
  },

  'callbackURL in the link': async (t) => {
    const browser = await t.signedUp('ada')
    const email = t.email('ada')
    for (const callbackURL of ['', '/a?x=1&y=2#z', 'https://trusted.example.com/done', 'https://a.wild.example.com']) {
      await browser.post('/send-verification-email', { email, callbackURL })
      await t.mail('verification', email)
    }
  },

  'bad tokens': async (t) => {
    await t.signedUp('ada')
    const email = t.email('ada')
    await t.browser().post('/send-verification-email', { email })
    const { token } = await t.mail('verification', email)
    const [head, body, signature] = token.split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    const bad = { empty: '', text: 'nonsense', cut: token.slice(0, -4), 'other signature': `${head}.${body}.${signature.slice(0, -5)}AAAAA`, 'alg none': `${none}.${body}.`, 'two parts': `${head}.${body}` }
    for (const [label, value] of Object.entries(bad)) {
      await t.curl().get(`/verify-email?token=${value}`, { label: `verify-email, ${label}` })
      await t.curl().get(`/verify-email?token=${value}&callbackURL=/done?a=1%23part`, { label: `verify-email with callbackURL, ${label}` })
    }
    await t.curl().get('/verify-email')
    await t.curl().get('/verify-email?token=a&token=b')
    await t.curl().get(`/verify-email?token=${token}&callbackURL=https://evil.example.net`)
    await t.curl().get(`/verify-email?token=${token}&callbackURL=https://trusted.example.com/done`)
  },

  'the session of somebody else': async (t) => {
    await t.signedUp('ada')
    const eve = await t.signedUp('eve')
    await t.browser().post('/send-verification-email', { email: t.email('ada') })
    const { token } = await t.mail('verification', t.email('ada'))
    await eve.get(`/verify-email?token=${token}`)
    await eve.get(`/verify-email?token=${token}&callbackURL=/done`)
  },

  'a user that was deleted': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/send-verification-email', { email: t.email('ada') })
    const { token } = await t.mail('verification', t.email('ada'))
    await browser.post('/delete-user', {})
    await t.curl().get(`/verify-email?token=${token}`)
    await t.curl().get(`/verify-email?token=${token}&callbackURL=/done`)
  },
}
