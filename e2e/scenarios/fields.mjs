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
}
