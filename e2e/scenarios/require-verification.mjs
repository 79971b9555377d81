import { requireVerification } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = requireVerification

const user = (t, name, more) => ({ name, email: t.email(name), password: PASSWORD, ...more })

export const scenarios = {
  'from sign-up to session': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada', { callbackURL: '/welcome' }))
    await browser.get('/get-session')
    const { url } = await t.mail('verification', t.email('ada'))
    await browser.open(url)
    await browser.get('/get-session')
    await t.browser().open(url)
    await t.browser().post('/sign-in/email', user(t, 'ada'))
  },

  'verification as JSON signs in': async (t) => {
    await t.browser().post('/sign-up/email', user(t, 'ada'))
    const { token } = await t.mail('verification', t.email('ada'))
    const browser = t.browser()
    await browser.get(`/verify-email?token=${token}`)
    await browser.get('/get-session')
    await t.browser().get(`/verify-email?token=${token}`)
  },

  'a taken address looks like a new one': async (t) => {
    await t.browser().post('/sign-up/email', user(t, 'ada'))
    await t.mail('verification', t.email('ada'))
    await t.browser().post('/sign-up/email', user(t, 'ada', { name: 'Somebody', image: 'https://img.example.com/x.png' }))
    await t.mail('existing-user-sign-up', t.email('ada'))
    await t.browser().post('/sign-up/email', user(t, 'ada', { password: 'short' }))
    await t.mailsLeft(t.email('ada'))
  },

  'sign-in of an unverified user': async (t) => {
    await t.browser().post('/sign-up/email', user(t, 'ada'))
    await t.mail('verification', t.email('ada'))
    await t.browser().post('/sign-in/email', user(t, 'ada', { password: 'not the password' }))
    await t.mailsLeft(t.email('ada'))
    await t.browser().post('/sign-in/email', user(t, 'ada', { callbackURL: '/inside' }))
    await t.mail('verification', t.email('ada'))
  },

  'a reset does not verify': async (t) => {
    await t.browser().post('/sign-up/email', user(t, 'ada'))
    await t.mail('verification', t.email('ada'))
    await t.browser().post('/request-password-reset', { email: t.email('ada') })
    const { token } = await t.mail('reset-password', t.email('ada'))
    await t.browser().post('/reset-password', { newPassword: 'a new password', token })
    await t.browser().post('/sign-in/email', user(t, 'ada', { password: 'a new password' }))
  },
}
