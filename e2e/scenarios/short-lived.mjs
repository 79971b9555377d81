import { shortLived } from '../configs.mjs'
import { PASSWORD, sleep } from '../node/lib/scenario.mjs'

export const config = shortLived

export const scenarios = {
  'tokens expire': async (t) => {
    const browser = await t.signedUp('ada')
    const email = t.email('ada')
    await browser.post('/request-password-reset', { email, redirectTo: '/new' })
    await browser.post('/send-verification-email', { email })
    await browser.post('/delete-user', { callbackURL: '/bye' })
    const reset = await t.mail('reset-password', email)
    const verification = await t.mail('verification', email)
    const deletion = await t.mail('delete-verification', email)
    await sleep(4200)
    await t.browser().open(reset.url)
    await t.browser().post('/reset-password', { newPassword: 'a new password', token: reset.token })
    await t.curl().get(`/verify-email?token=${verification.token}`)
    await t.curl().get(`/verify-email?token=${verification.token}&callbackURL=/done`)
    const fresh = t.browser()
    await fresh.post('/sign-in/email', { email, password: PASSWORD })
    await fresh.open(deletion.url)
    await fresh.post('/delete-user', { token: deletion.token })
    await fresh.get('/get-session')
  },

  'a session slides': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.get('/get-session')
    await sleep(3300)
    await browser.get('/get-session?disableRefresh=true')
    await browser.get('/get-session')
    await sleep(3300)
    await browser.get('/list-accounts')
    await sleep(3300)
    await browser.get('/get-session')
    await sleep(3300)
    await browser.get('/get-session')
  },

  'a session expires': async (t) => {
    const browser = await t.signedUp('ada')
    await sleep(8300)
    await t.browser(browser.jar.clone()).get('/list-accounts')
    await t.browser(browser.jar.clone()).get('/get-session?disableRefresh=true')
    await browser.get('/get-session')
    await browser.get('/get-session')
  },

  'a stale session is not enough': async (t) => {
    const browser = await t.signedUp('ada')
    await sleep(3300)
    await browser.get('/list-sessions')
    await browser.post('/delete-user', {})
    await browser.post('/unlink-account', { accountId: 'x' })
    await browser.post('/delete-user', { password: PASSWORD })
  },

  'a browser session does not slide': async (t) => {
    const browser = await t.signedUp('ada', { rememberMe: false })
    await sleep(3300)
    await browser.get('/get-session')
  },

  'a reset ends every session': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/request-password-reset', { email: t.email('ada') })
    const { token } = await t.mail('reset-password', t.email('ada'))
    await browser.post('/reset-password', { newPassword: 'a new password', token })
    await browser.get('/get-session')
  },
}
