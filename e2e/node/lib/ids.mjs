// What shows an id or looks a row up by one, for every way to make ids.
import { PASSWORD, parseURI, unusedTotp } from './scenario.mjs'

const user = (t, name, more) => ({ name, email: t.email(name), password: PASSWORD, ...more })

export const ids = {
  'every table': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada', { username: t.username('ada') }))
    await browser.get('/get-session')
    await browser.get('/list-accounts')
    await browser.get('/list-sessions')
    await browser.post('/update-user', { name: 'Countess' })
    await t.browser().post('/sign-up/email', user(t, 'ada'))
    await t.browser().post('/sign-in/username', { username: t.username('ada'), password: PASSWORD })
    await browser.post('/request-password-reset', { email: t.email('ada') })
    const { token } = await t.mail('reset-password', t.email('ada'))
    await browser.post('/reset-password', { token, newPassword: PASSWORD + '2' })
    await browser.post('/reset-password', { token, newPassword: PASSWORD + '3' })
    const other = t.browser()
    await other.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD + '2' })
    await other.post('/change-password', { currentPassword: PASSWORD + '2', newPassword: PASSWORD, revokeOtherSessions: true })
    await other.get('/list-sessions')
    await other.post('/delete-user', {})
    const { token: deletion } = await t.mail('delete-verification', t.email('ada'))
    await other.get(`/delete-user/callback?token=${deletion}`)
    await other.get('/get-session')
  },

  'a field that refers to a user': async (t) => {
    const browser = t.browser()
    const { json } = await browser.post('/sign-up/email', user(t, 'ada'))
    const invited = t.browser()
    await invited.post('/sign-up/email', user(t, 'bob', { inviter: json.user.id }))
    await invited.get('/get-session')
    await invited.post('/update-user', { inviter: null })
    await invited.get('/get-session')
  },

  'two factors': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada'))
    const { json } = await browser.post('/two-factor/enable', { password: PASSWORD })
    const secret = parseURI(json.totpURI)
    await browser.post('/two-factor/verify-totp', { code: t.mask(unusedTotp(secret), 'code') })
    const trusted = t.browser()
    await trusted.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await trusted.post('/two-factor/verify-totp', { code: t.mask(unusedTotp(secret), 'code'), trustDevice: true })
    await trusted.post('/sign-out', {})
    await trusted.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await trusted.get('/get-session')
    await trusted.post('/two-factor/disable', { password: PASSWORD })
  },
}
