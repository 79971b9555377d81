import { bare } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = bare

export const scenarios = {
  'features that are off': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/change-email', { newEmail: t.email('new') })
    await browser.post('/change-email', {})
    await browser.post('/delete-user', { password: PASSWORD })
    await browser.post('/delete-user', {})
    await browser.get('/delete-user/callback?token=x')
    await browser.post('/request-password-reset', { email: t.email('ada'), redirectTo: '/' })
    await browser.post('/send-verification-email', { email: t.email('ada') })
    await t.browser().post('/send-verification-email', { email: t.email('ada') })
    await browser.post('/reset-password', { newPassword: 'a new password', token: 'x' })
    await browser.post('/sign-in/username', { username: 'ada', password: PASSWORD })
    await browser.post('/two-factor/enable', { password: PASSWORD })
  },

  'disabled paths': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.get('/list-accounts')
    await browser.get('/list-accounts/')
    await browser.get('/list-accounts?x=1')
    await browser.post('/list-accounts', {})
    await browser.get('/List-Accounts')
    await browser.get('//list-accounts')
  },

  'a bearer header means nothing without the plugin': async (t) => {
    const browser = await t.signedUp('ada')
    const { json } = await browser.get('/get-session')
    await t.curl().get('/get-session', { headers: { authorization: `Bearer ${json.session.token}` } })
  },
}
