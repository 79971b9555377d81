import { closed } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = closed

export const scenarios = {
  'sign-up is switched off': async (t) => {
    await t.browser().post('/sign-up/email', { name: 'ada', email: t.email('ada'), password: PASSWORD })
    await t.browser().post('/sign-up/email', { name: 'ada', email: 'plain', password: 'short' })
    await t.browser().post('/sign-up/email', {})
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
  },
}
