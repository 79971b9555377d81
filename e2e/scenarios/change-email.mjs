import { core } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = core

export async function verifiedUser(t, name = 'ada') {
  const browser = await t.signedUp(name)
  await browser.post('/send-verification-email', { email: t.email(name) }, { quiet: true })
  const { token } = await t.mail('verification', t.email(name))
  await browser.get(`/verify-email?token=${token}`, { quiet: true })
  return browser
}

export const scenarios = {
  'an unverified user confirms the new address': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/change-email', { newEmail: t.email('new'), callbackURL: '/changed' })
    await t.mailsLeft(t.email('ada'))
    const { url } = await t.mail('verification', t.email('new'))
    await browser.get('/get-session')
    await browser.open(url)
    await browser.get('/get-session')
    await t.browser().post('/sign-in/email', { email: t.email('new'), password: PASSWORD })
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await browser.open(url)
  },

  'a verified user': async (t) => {
    const browser = await verifiedUser(t)
    await browser.post('/change-email', { newEmail: t.email('new') })
    const { token } = await t.mail('verification', t.email('new'))
    await browser.get(`/verify-email?token=${token}`)
    await browser.get('/get-session')
  },

  'the link opens a session when there is none': async (t) => {
    const browser = await verifiedUser(t)
    await browser.post('/change-email', { newEmail: t.email('new') })
    const { token } = await t.mail('verification', t.email('new'))
    const other = t.browser()
    await other.get(`/verify-email?token=${token}`)
    await other.get('/get-session')
  },

  'taken, same and malformed addresses': async (t) => {
    await t.signedUp('eve')
    const browser = await t.signedUp('ada')
    await browser.post('/change-email', { newEmail: t.email('eve') })
    await t.mailsLeft(t.email('eve'))
    await browser.post('/change-email', { newEmail: t.email('ada') })
    await browser.post('/change-email', { newEmail: t.mask(t.email('ada').toUpperCase(), 'ADA@') })
    for (const body of [{}, { newEmail: 'plain' }, { newEmail: '' }, { newEmail: 7 }, { newEmail: t.email('new'), callbackURL: 'https://evil.example.net' }]) await browser.post('/change-email', body)
    await t.mailsLeft(t.email('new'))
  },

  'the address is taken before the link is opened': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/change-email', { newEmail: t.email('new') })
    const { token } = await t.mail('verification', t.email('new'))
    await t.signedUp('new')
    await browser.get(`/verify-email?token=${token}&callbackURL=/done`)
    await browser.get('/get-session')
  },

  'the session of somebody else': async (t) => {
    const browser = await t.signedUp('ada')
    const eve = await t.signedUp('eve')
    await browser.post('/change-email', { newEmail: t.email('new') })
    const { token } = await t.mail('verification', t.email('new'))
    await eve.get(`/verify-email?token=${token}`)
  },
}
