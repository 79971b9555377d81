import { renamed } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = renamed

const user = (t, name, more) => ({ name, email: t.email(name), password: PASSWORD, ...more })

export const scenarios = {
  'every type': async (t) => {
    const browser = t.browser()
    const values = { plan: 'paid', tags: ['a', 'b "c"'], scores: [1, 2.5], settings: { dark: true, size: [1, null] }, visits: 7, birthday: '1990-12-10T00:00:00.000Z' }
    await browser.post('/sign-up/email', user(t, 'ada', values))
    await browser.get('/get-session')
    await browser.get('/list-accounts')
    for (const body of [{ tags: [] }, { tags: null }, { scores: [3] }, { settings: { dark: false } }, { settings: null }, { plan: 'free' }, { visits: 5 }]) {
      await browser.post('/update-user', body)
    }
    await browser.post('/update-session', { theme: 'dark', trail: ['x'] })
    await browser.get('/get-session')
    await browser.get('/list-sessions')
  },

  'a value outside the list': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada', { plan: 'gold' }))
  },

  'nothing given': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada'))
    await browser.get('/get-session')
    await browser.get('/list-accounts')
  },

  'a user that moves through every table': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada', { username: t.username('ada') }))
    await t.browser().post('/sign-up/email', user(t, 'ada'))
    await t.browser().post('/sign-in/username', { username: t.username('ada'), password: PASSWORD })
    await browser.post('/request-password-reset', { email: t.email('ada') })
    const { token } = await t.mail('reset-password', t.email('ada'))
    await browser.post('/reset-password', { token, newPassword: PASSWORD + '2' })
    await browser.post('/reset-password', { token, newPassword: PASSWORD + '3' })
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    const other = t.browser()
    await other.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD + '2' })
    await other.post('/two-factor/enable', { password: PASSWORD + '2' })
    await other.post('/revoke-other-sessions', {})
    await other.get('/list-sessions')
    await other.post('/delete-user', { password: PASSWORD + '2' })
    await other.get('/get-session')
  },
}
