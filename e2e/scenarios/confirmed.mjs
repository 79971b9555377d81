import { confirmed } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = confirmed

async function verifiedUser(t, name = 'ada') {
  const browser = await t.signedUp(name)
  const { token } = await t.mail('verification', t.email(name))
  await browser.get(`/verify-email?token=${token}`, { quiet: true })
  return browser
}

export const scenarios = {
  'sendOnSignUp mails the link': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', { name: 'ada', email: t.email('ada'), password: PASSWORD, callbackURL: '/welcome?x=1' })
    const { url } = await t.mail('verification', t.email('ada'))
    await browser.open(url)
    await browser.get('/get-session')
  },

  'a verified user confirms twice': async (t) => {
    const browser = await verifiedUser(t)
    await browser.post('/change-email', { newEmail: t.email('new'), callbackURL: '/changed' })
    await t.mailsLeft(t.email('new'))
    const first = await t.mail('change-email-confirmation', t.email('ada'))
    await browser.open(first.url)
    await browser.get('/get-session')
    const second = await t.mail('verification', t.email('new'))
    await browser.open(second.url)
    await browser.get('/get-session')
  },

  'the same as JSON': async (t) => {
    const browser = await verifiedUser(t)
    await browser.post('/change-email', { newEmail: t.email('new') })
    const first = await t.mail('change-email-confirmation', t.email('ada'))
    await t.curl().get(`/verify-email?token=${first.token}`)
    const second = await t.mail('verification', t.email('new'))
    await browser.get(`/verify-email?token=${second.token}`)
    await browser.get(`/verify-email?token=${first.token}`)
    await browser.get(`/verify-email?token=${second.token}`)
    await t.mailsLeft(t.email('new'))
  },

  'an unverified user is not asked at the old address': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/change-email', { newEmail: t.email('new') })
    await t.mail('verification', t.email('new'))
    await t.mail('verification', t.email('ada'))
    await t.mailsLeft(t.email('ada'))
  },

  'a taken address': async (t) => {
    await t.signedUp('eve')
    await t.mail('verification', t.email('eve'))
    const browser = await verifiedUser(t)
    await browser.post('/change-email', { newEmail: t.email('eve') })
    await t.mailsLeft(t.email('ada'))
    await t.mailsLeft(t.email('eve'))
  },

  'deletion is confirmed by mail': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/delete-user', { callbackURL: '/bye' })
    const { url } = await t.mail('delete-verification', t.email('ada'))
    await t.browser().open(url)
    const eve = await t.signedUp('eve')
    await eve.open(url)
    await browser.get('/get-session')
    await browser.open(url)
    await browser.get('/get-session')
    await browser.open(url)
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
  },

  'deletion by posting the token': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/delete-user', {})
    const { token } = await t.mail('delete-verification', t.email('ada'))
    await browser.post('/delete-user', { token: 'unknown' })
    await browser.post('/delete-user', { token })
    await browser.get('/get-session')
  },

  'deletion as JSON and with a password': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/delete-user', { password: 'not the password' })
    await browser.post('/delete-user', { password: PASSWORD })
    const { token } = await t.mail('delete-verification', t.email('ada'))
    await browser.get(`/delete-user/callback?token=${token}`)
    await browser.get('/get-session')
  },
}
