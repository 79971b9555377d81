import { breachedPasswords } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'
import { PASSWORDS } from '../node/pwned-server.mjs'

export const config = breachedPasswords

const signUp = (t, name, password, label) =>
  t.browser().post('/sign-up/email', { name, email: t.email(name), password }, { label: `sign-up, ${label}` })

/** Notes what the service has been asked since the last time. */
const questions = (t) => t.note('asked', t.pwned.questions())

export const scenarios = {
  'passwords at sign-up': async (t) => {
    for (const [label, password] of Object.entries({ good: PASSWORD, ...PASSWORDS })) await signUp(t, label, password, label)
    questions(t)
    await signUp(t, 'short', 'short', 'too short')
    await signUp(t, 'good', PASSWORDS.seen, 'known address')
    questions(t)
  },

  'the npm client shows the error': async (t) => {
    const client = t.client(t.browser())
    await t.call('sign-up', client.signUp.email({ name: 'x', email: t.email('npm'), password: PASSWORDS.seen }))
    await t.call('sign-up again', client.signUp.email({ name: 'x', email: t.email('npm'), password: PASSWORD }))
  },

  'a change': async (t) => {
    const browser = await t.signedUp('ada')
    t.pwned.questions()
    const change = (newPassword, currentPassword = PASSWORD) => browser.post('/change-password', { currentPassword, newPassword })
    await change(PASSWORDS.seen)
    await change(PASSWORDS.busy)
    await change('short')
    await change('a new password')
    questions(t)
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: 'a new password' })
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORDS.seen })
    await t.browser().post('/sign-in/email', { email: t.email('nobody'), password: PASSWORDS.seen })
    questions(t)
  },

  'a compromised password with a wrong one': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/change-password', { currentPassword: 'not the password', newPassword: PASSWORDS.seen })
  },

  'a reset spends its token': async (t) => {
    await t.signedUp('ada')
    const email = t.email('ada')
    await t.browser().post('/request-password-reset', { email })
    const { token } = await t.mail('reset-password', email)
    t.pwned.questions()
    await t.browser().post('/reset-password', { newPassword: PASSWORDS.seen, token: 'unknown' })
    await t.browser().post('/reset-password', { newPassword: PASSWORDS.seen, token })
    await t.browser().post('/reset-password', { newPassword: 'a new password', token })
    questions(t)
    await t.browser().post('/sign-in/email', { email, password: PASSWORD })
  },
}
