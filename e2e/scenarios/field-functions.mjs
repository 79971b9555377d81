import { fieldFunctions } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = fieldFunctions

export const scenarios = {
  'from sign-up to update': async (t) => {
    const browser = t.browser()
    const user = (name, more) => ({ name, email: t.email(name), password: PASSWORD, ...more })
    await browser.post('/sign-up/email', user('ada', { code: 'abc', nickname: '  countess ', phone: '0123456' }))
    await browser.get('/get-session')
    await t.browser().post('/sign-up/email', user('bob', { code: 'abcdef' }))
    for (const body of [{ name: 'Countess' }, { code: 'xyz' }, { code: 'too long' }, { phone: '98765' }, { nickname: ' ada ' }]) {
      await browser.post('/update-user', body)
      await browser.get('/get-session')
    }
    for (const touched of ['by hand', 'by another hand', null, 'touched']) {
      await browser.post('/update-user', { touched })
      await browser.get('/get-session')
      await browser.post('/update-user', { name: 'Ada' })
      await browser.get('/get-session')
    }
    await browser.post('/update-session', { theme: 'DARK' })
    await browser.get('/get-session')
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
  },

  'a field is set to what it was': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/update-user', { touched: 'by hand' })
    await browser.post('/update-user', { touched: 'by hand' })
    await browser.get('/get-session')
  },
}
