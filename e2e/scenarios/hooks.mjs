import { hooked } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = hooked

export const scenarios = {
  'before changes the request': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    await browser.get('/get-session')
  },
  'before stands ahead of validation': (t) => t.curl().post('/sign-up/email', { name: 'Ada', email: 'nonsense' }),
  'before refuses': (t) => t.curl().post('/sign-up/email', { name: 'blocked', email: t.email('eve'), password: PASSWORD }),
  'before answers': (t) => t.curl().get('/list-accounts'),
  'after replaces an answer': async (t) => {
    const { jar } = await t.signedUp('ada')
    await t.browser(jar).post('/update-user', { name: 'x' })
  },
  'after replaces an error': (t) => t.curl().get('/list-sessions'),
  'after sees refusals': async (t) => {
    await t.curl().post('/change-email', {})
    await t.curl().post('/sign-in/email', { email: t.email('nobody'), password: PASSWORD })
    await t.curl().get('/nothing')
  },
  'the origin stands ahead of hooks': async (t) => {
    const { jar } = await t.signedUp('ada')
    await t.curl(jar).post('/update-user', { name: 'x' }, { headers: { origin: 'https://evil.example.net' } })
  },
}
