import { unverifiedChange } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = unverifiedChange

export const scenarios = {
  'an unverified address changes at once': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/change-email', { newEmail: t.email('new'), callbackURL: '/changed' })
    await browser.get('/get-session')
    await t.mail('verification', t.email('new'))
    await t.mailsLeft(t.email('ada'))
    await t.browser().post('/sign-in/email', { email: t.email('new'), password: PASSWORD })
  },

  'a taken address changes nothing': async (t) => {
    await t.signedUp('eve')
    const browser = await t.signedUp('ada')
    await browser.post('/change-email', { newEmail: t.email('eve') })
    await browser.get('/get-session')
    await t.mailsLeft(t.email('eve'))
  },

  'a verified address is confirmed': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/send-verification-email', { email: t.email('ada') })
    const { token } = await t.mail('verification', t.email('ada'))
    await browser.get(`/verify-email?token=${token}`)
    await browser.post('/change-email', { newEmail: t.email('new') })
    await browser.get('/get-session')
    const second = await t.mail('verification', t.email('new'))
    await browser.get(`/verify-email?token=${second.token}`)
  },
}
