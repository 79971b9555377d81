import { noPasswords } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = noPasswords

export const scenarios = {
  'e-mail and password is switched off': async (t) => {
    const user = { name: 'ada', email: t.email('ada'), password: PASSWORD }
    await t.browser().post('/sign-up/email', user)
    await t.browser().post('/sign-up/email', {})
    await t.browser().post('/sign-in/email', user)
    await t.browser().post('/sign-in/email', {})
    await t.browser().post('/request-password-reset', { email: user.email })
    await t.browser().post('/reset-password', { newPassword: PASSWORD, token: 'x' })
  },
}
