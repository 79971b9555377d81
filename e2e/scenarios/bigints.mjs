import { bigints } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = bigints

export const scenarios = {
  'from sign-up to update': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD, big: 3000000000, bigs: [1, 3000000000] })
    await browser.get('/get-session')
    for (const big of [0, -1, 9007199254740991, null]) {
      await browser.post('/update-user', { big })
      await browser.get('/get-session')
    }
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
  },
}
