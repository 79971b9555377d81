import { fields } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = fields

const user = (t, name, more) => ({ name, email: t.email(name), password: PASSWORD, plan: 'free', ...more })

export const scenarios = {
  'defaults and absent values': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada'))
    await browser.get('/get-session')
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
  },

  'every value': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada', { nickname: 'countess', age: 36, newsletter: false, secretNote: 'hidden', birthday: '1990-12-10T00:00:00.000Z' }))
    await browser.get('/get-session')
  },

  'what may not be set': async (t) => {
    await t.browser().post('/sign-up/email', user(t, 'role', { role: 'admin' }))
    await t.browser().post('/sign-up/email', user(t, 'locked', { locked: 'yes' }))
    await t.browser().post('/sign-up/email', user(t, 'unlocked', { locked: '' }))
    const { plan, ...rest } = user(t, 'noplan')
    await t.browser().post('/sign-up/email', rest)
    await t.browser().post('/sign-up/email', { ...rest, plan: null })
    await t.browser().post('/sign-up/email', { ...rest, plan: '' })
  },

  'a value that is taken': async (t) => {
    const badge = t.email('badge')
    await t.browser().post('/sign-up/email', user(t, 'ada', { badge }))
    await t.browser().post('/sign-up/email', user(t, 'bob', { badge }))
    await t.browser().post('/sign-up/email', user(t, 'ada', { badge }))
    await t.browser().post('/sign-up/email', user(t, 'bob', { badge: null }))
  },

  'update-user': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada'))
    for (const body of [{ nickname: 'countess' }, { nickname: null }, { age: 36 }, { newsletter: false }, { plan: 'paid' }, { plan: null }, { role: 'admin' }, { role: '' }, { locked: 'yes' }, { secretNote: 'x' }, { nickname: 'a', name: 'B' }, { unknown: 1 }]) {
      await browser.post('/update-user', body)
    }
    await browser.get('/get-session')
  },

  'update-session': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada'))
    for (const body of [{ theme: 'dark' }, { theme: null }, { visits: 7 }, { theme: 'x', token: 'mine' }, { unknown: 1 }, {}]) await browser.post('/update-session', body)
    await browser.get('/get-session')
    await browser.get('/list-sessions')
  },

  'account fields': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada', { label: 'mine', uses: 3, vault: 'open' }))
    await browser.get('/list-accounts')
    await browser.post('/change-password', { currentPassword: PASSWORD, newPassword: PASSWORD + '2', revokeOtherSessions: true })
    await browser.get('/list-accounts')
  },

  'fields of every answer with a user': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada', { nickname: 'countess', secretNote: 'hidden' }))
    await browser.post('/update-user', { nickname: 'x' })
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD, rememberMe: false })
    await browser.post('/change-password', { currentPassword: PASSWORD, newPassword: PASSWORD + '2', revokeOtherSessions: true })
    await browser.get('/get-session')
    await browser.get('/list-sessions')
  },

  'wrong types': async (t) => {
    for (const wrong of [{ nickname: 7 }, { age: '36' }, { age: 1.5 }, { newsletter: 'yes' }, { birthday: 'soon' }, { birthday: 7 }, { nickname: ['a'] }]) {
      await t.browser().post('/sign-up/email', user(t, `w${Object.keys(wrong)[0]}${typeof Object.values(wrong)[0]}`, wrong))
    }
  },
}
