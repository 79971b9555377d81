import { noAutoSignIn } from '../configs.mjs'

export const config = noAutoSignIn

const user = (t, name, password = 'ten letters') => ({ name, email: t.email(name), password })

export const scenarios = {
  'sign-up opens no session': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada'))
    await browser.get('/get-session')
    await browser.post('/sign-in/email', user(t, 'ada'))
  },

  'a taken address looks like a new one': async (t) => {
    await t.browser().post('/sign-up/email', user(t, 'ada'))
    await t.browser().post('/sign-up/email', { ...user(t, 'ada'), name: 'Somebody', image: 'https://img.example.com/x.png' })
    await t.mail('existing-user-sign-up', t.email('ada'))
    await t.browser().post('/sign-in/email', user(t, 'ada'))
  },

  'password bounds': async (t) => {
    for (const [name, length] of Object.entries({ nine: 9, ten: 10, twenty: 20, toolong: 21 })) await t.browser().post('/sign-up/email', user(t, name, 'x'.repeat(length)))
  },
}
