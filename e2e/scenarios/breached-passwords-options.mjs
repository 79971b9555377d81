import { breachedPasswordsOptions } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'
import { PASSWORDS } from '../node/pwned-server.mjs'

export const config = breachedPasswordsOptions

export const scenarios = {
  'only the configured paths': async (t) => {
    const browser = await t.signedUp('ada', { password: PASSWORDS.seen })
    await browser.post('/change-password', { currentPassword: PASSWORDS.seen, newPassword: PASSWORDS.seenOnce })
    await browser.post('/change-password', { currentPassword: PASSWORDS.seen, newPassword: PASSWORD })
    t.note('asked', t.pwned.questions())
  },
}
