import { redisAlone } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'
import { person, through } from '../node/lib/social.mjs'

export const config = redisAlone

const cookie = { useAccountCookie: true }

export const scenarios = {
  'a sign-in outlives the server': async (t) => {
    const [browser, other] = [t.browser(), t.browser()]
    const ada = person(t, 'ada')
    await through(t, browser, 'plain', ada)
    await through(t, other, 'plain', ada)
    await t.restart()
    await browser.get('/get-session')
    await browser.get('/list-sessions')
    await browser.post('/refresh-token', cookie)
    await browser.post('/get-access-token', cookie)
    await browser.post('/update-user', { name: 'Countess' })
    await browser.post('/revoke-other-sessions', {})
    await other.get('/get-session')
    await browser.post('/sign-out', {})
    await browser.get('/get-session')
  },

  'single-use values outlive the server': async (t) => {
    const browser = await t.signedUp('ada')
    await t.browser().post('/request-password-reset', { email: t.email('ada') })
    const { token } = await t.mail('reset-password', t.email('ada'))
    await t.browser().post('/reset-password', { token, newPassword: 'a new password' })
    await t.browser().post('/reset-password', { token, newPassword: 'a new password' })
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: 'a new password' })
    await t.restart()
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await browser.get('/get-session')
  },
}
