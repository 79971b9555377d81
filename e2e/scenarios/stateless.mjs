import { stateless } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'
import { accountAt, begin, end, link, person, through } from '../node/lib/social.mjs'

export const config = stateless

const DATA = 'better-auth.session_data'
const cookie = { useAccountCookie: true }

export const scenarios = {
  'a sign-in outlives the server': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada'))
    await browser.get('/get-session')
    await browser.get('/list-sessions')
    await t.restart()
    await browser.get('/get-session')
    await browser.get('/list-sessions')
    await browser.get('/list-accounts')
    await browser.get('/account-info?useAccountCookie=true')
    await browser.post('/get-access-token', cookie)
    await browser.post('/refresh-token', cookie)
    await browser.post('/get-access-token', cookie)
    await browser.post('/sign-out', {})
    await browser.get('/get-session')
  },

  'a callback outlives the server': async (t) => {
    const browser = t.browser()
    const page = await begin(browser, 'oidc')
    await t.restart()
    await end(t, browser, page, person(t, 'ada'))
    await browser.get('/get-session')
  },

  'the same person again': async (t) => {
    const [browser, other] = [t.browser(), t.browser()]
    const ada = person(t, 'ada')
    await through(t, browser, 'plain', ada)
    await through(t, other, 'plain', ada)
    await t.restart()
    await through(t, other, 'plain', ada)
    await browser.get('/get-session')
    await other.get('/get-session')
    await other.post('/get-access-token', cookie)
    await browser.post('/get-access-token', cookie)
  },

  'changes after a restart': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada'))
    await t.restart()
    await browser.post('/update-user', { name: 'Countess', image: null })
    await browser.get('/get-session')
    await browser.post('/update-session', { theme: 'dark', ticket: 'hidden' })
    await browser.get('/get-session')
    await browser.post('/change-email', { newEmail: t.email('countess') })
    await browser.post('/change-password', { currentPassword: PASSWORD, newPassword: 'another password' })
    await browser.post('/revoke-session', { token: 'x' })
    await browser.post('/revoke-other-sessions', {})
    await browser.post('/revoke-sessions', {})
    await browser.get('/get-session')
    await browser.post('/unlink-account', { accountId: 'x' })
    await browser.post('/delete-user', {})
    await browser.get('/get-session')
  },

  'a link after a restart': async (t) => {
    const browser = t.browser()
    const ada = person(t, 'ada')
    await through(t, browser, 'plain', ada)
    await t.restart()
    await link(t, browser, 'other', ada)
    await browser.get('/list-accounts')
    await browser.post('/get-access-token', cookie)
    await browser.get('/get-session')
    await through(t, t.browser(), 'other', ada)
    await through(t, t.browser(), 'plain', ada)
  },

  'one server': async (t) => {
    const browser = await t.signedUp('ada', { image: 'https://pictures.example/ada' })
    const second = t.browser()
    await second.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await second.post('/sign-in/email', { email: t.email('ada'), password: 'not the password' })
    await browser.get('/list-sessions')
    await browser.post('/update-user', { name: 'Countess' })
    await browser.post('/update-session', { theme: 'dark', ticket: 'hidden' })
    await browser.get('/get-session')
    await browser.get('/get-session?disableCookieCache=true')
    await browser.post('/revoke-other-sessions', {})
    await second.get('/get-session')
    await second.get('/list-sessions')
    await second.get('/get-session?disableCookieCache=true')
    await second.get('/get-session')
    await browser.post('/change-password', { currentPassword: PASSWORD, newPassword: 'another password', revokeOtherSessions: true })
    await browser.post('/delete-user', { password: 'another password' })
    await browser.get('/get-session')
  },

  'passwords end with the server': async (t) => {
    const browser = await t.signedUp('ada')
    await t.restart()
    await browser.get('/get-session')
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await browser.post('/verify-password', { password: PASSWORD })
    await browser.get('/get-session?disableCookieCache=true')
    await browser.get('/get-session')
  },

  'what a revoked session can do': async (t) => {
    const browser = await t.signedUp('ada')
    const stolen = t.browser(browser.jar.clone())
    await browser.post('/sign-out', {})
    await stolen.get('/get-session')
    await stolen.get('/list-sessions')
    await stolen.post('/update-user', { name: 'Eve' })
    stolen.jar.delete(DATA)
    await stolen.get('/get-session')
  },

  'mails': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/send-verification-email', { email: t.email('ada') })
    await browser.open((await t.mail('verification', t.email('ada'))).url)
    await browser.get('/get-session')
    await t.browser().post('/request-password-reset', { email: t.email('ada') })
    const { token } = await t.mail('reset-password', t.email('ada'))
    await t.restart()
    await t.browser().post('/reset-password', { token, newPassword: 'a new password' })
  },

  'somebody else at the same browser': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada'))
    await browser.post('/sign-up/email', { name: 'Eve', email: t.email('eve'), password: PASSWORD })
    await browser.get('/get-session')
    await browser.post('/get-access-token', cookie)
  },

  'a browser session': async (t) => {
    const browser = await t.signedUp('ada', { rememberMe: false })
    await browser.get('/get-session')
    await browser.get('/get-session?disableRefresh=true')
    await t.restart()
    await browser.get('/get-session')
    browser.jar.delete(DATA)
    await browser.get('/get-session')
  },

  'accounts by their rows': async (t) => {
    const browser = t.browser()
    const ada = person(t, 'ada')
    await through(t, browser, 'plain', ada)
    await link(t, browser, 'other', ada)
    const accountId = await accountAt(browser, 'plain')
    await browser.post('/get-access-token', { accountId })
    await browser.get('/account-info?useAccountCookie=true')
    await browser.post('/unlink-account', { accountId })
    await t.restart()
    await browser.post('/get-access-token', { accountId })
  },
}
