import { core } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = core

export const scenarios = {
  'update-user': async (t) => {
    const browser = await t.signedUp('ada')
    for (const body of [
      { name: 'Countess' }, { image: 'https://img.example.com/a.png' }, { image: null }, { name: 'A', image: '' }, { name: '' },
      { email: t.email('new') }, { email: t.email('new'), name: 'B' }, { email: '' }, { email: null }, {}, { unknown: 1 }, { emailVerified: true }, { id: 'mine', name: 'C' },
      { name: 7 }, { name: null }, { image: 7 }, { name: 'Text again', image: 'again' }, { name: undefined, image: undefined },
    ]) await browser.post('/update-user', body)
    await browser.get('/get-session')
  },

  'change-password': async (t) => {
    const browser = await t.signedUp('ada')
    const other = t.browser()
    const email = t.email('ada')
    await other.post('/sign-in/email', { email, password: PASSWORD })
    for (const body of [
      { currentPassword: 'not the password', newPassword: 'a new password' },
      { currentPassword: PASSWORD, newPassword: 'short' },
      { currentPassword: 'not the password', newPassword: 'short' },
      { currentPassword: PASSWORD, newPassword: 'x'.repeat(129) },
      { currentPassword: PASSWORD }, { newPassword: 'a new password' }, {}, { currentPassword: '', newPassword: '' },
      { currentPassword: PASSWORD, newPassword: 'a new password', revokeOtherSessions: 'true' },
      { currentPassword: PASSWORD, newPassword: PASSWORD },
      { currentPassword: PASSWORD, newPassword: 'a new password' },
    ]) await browser.post('/change-password', body)
    await other.get('/get-session')
    await t.browser().post('/sign-in/email', { email, password: PASSWORD })
    await browser.post('/change-password', { currentPassword: 'a new password', newPassword: 'the third password', revokeOtherSessions: true })
    await browser.get('/get-session')
    await browser.get('/list-sessions')
    await other.get('/get-session')
    await t.browser().post('/sign-in/email', { email, password: 'the third password' })
  },

  'change-password keeps a browser session one': async (t) => {
    const browser = await t.signedUp('ada', { rememberMe: false })
    await browser.post('/change-password', { currentPassword: PASSWORD, newPassword: 'a new password', revokeOtherSessions: true })
    await browser.get('/get-session')
  },

  'accounts': async (t) => {
    const browser = await t.signedUp('ada')
    const { json } = await browser.get('/list-accounts')
    await browser.post('/unlink-account', { accountId: json[0].id })
    await browser.post('/unlink-account', { accountId: 'unknown' })
    await browser.post('/unlink-account', {})
    await browser.post('/get-access-token', { accountId: json[0].id })
    await browser.post('/get-access-token', { accountId: 'unknown' })
    await browser.post('/refresh-token', { accountId: json[0].id })
    await browser.get(`/account-info?accountId=${json[0].id}`)
    await browser.get('/account-info')
    await browser.get('/account-info?accountId=unknown')
  },

  'delete-user with a password': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/delete-user', { password: 'not the password' })
    await browser.post('/delete-user', { password: 7 })
    await browser.post('/delete-user', { token: 'unknown' })
    await browser.post('/delete-user', { password: PASSWORD, callbackURL: 'https://evil.example.net' })
    await browser.post('/delete-user', { password: PASSWORD })
    await browser.get('/get-session')
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await t.browser().post('/sign-up/email', { name: 'again', email: t.email('ada'), password: PASSWORD })
  },

  'delete-user with a fresh session': async (t) => {
    const browser = await t.signedUp('ada')
    const other = t.browser()
    await other.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await browser.post('/delete-user', {})
    await other.get('/get-session')
  },

  'delete-user callback without a mail': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.get('/delete-user/callback')
    await browser.get('/delete-user/callback?token=unknown')
    await browser.get('/delete-user/callback?token=unknown&callbackURL=/bye')
    await browser.get('/delete-user/callback?token=unknown&callbackURL=https://evil.example.net')
    await t.browser().get('/delete-user/callback?token=unknown')
  },
}
