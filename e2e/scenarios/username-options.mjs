import { usernameOptions } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = usernameOptions

export const scenarios = {
  'own bounds': async (t) => {
    for (const [i, username] of ['abcd', 'abcde', 'abcdefghijkl', 'abcdefghijklm'].entries()) {
      await t.browser().post('/sign-up/email', { name: 'x', email: t.email(`u${i}`), password: PASSWORD, username })
      await t.browser().post('/is-username-available', { username })
    }
  },

  'unverified users and a fixed name': async (t) => {
    const username = t.mask(t.run.padEnd(8, 'x'), 'name')
    await t.browser().post('/sign-up/email', { name: 'ada', email: t.email('ada'), password: PASSWORD, username })
    await t.mail('verification', t.email('ada'))
    await t.browser().post('/sign-in/username', { username, password: 'not the password' })
    await t.mailsLeft(t.email('ada'))
    await t.browser().post('/sign-in/username', { username, password: PASSWORD, callbackURL: '/inside?a=1' })
    const { token } = await t.mail('verification', t.email('ada'))
    await t.curl().get(`/verify-email?token=${token}`)
    const browser = t.browser()
    await browser.post('/sign-in/username', { username, password: PASSWORD })
    await browser.post('/update-user', { username })
    await browser.post('/update-user', { username: 'another1' })
    await browser.post('/update-user', { displayUsername: 'Another' })
  },

  'a taken username behind a synthetic answer': async (t) => {
    const username = t.mask(`t${t.run}`, 'name')
    const user = { name: 'ada', email: t.email('ada'), password: PASSWORD, username }
    await t.browser().post('/sign-up/email', user)
    await t.browser().post('/sign-up/email', user)
    await t.browser().post('/sign-up/email', { ...user, username: `${username}z` })
  },
}
