import { redis } from '../configs.mjs'
import { scenarios as reset } from './password-reset.mjs'
import { scenarios as session } from './session.mjs'

export const config = redis

// What works on rows works on keys.
const { 'everything is refused without a session': refused, 'validation comes before the session': validation, ...sessions } = session

export const scenarios = {
  ...sessions,
  'a reset: the whole way': reset['the whole way'],

  'every session shows the changed user': async (t) => {
    const browser = await t.signedUp('ada')
    const other = t.browser()
    await other.post('/sign-in/email', { email: t.email('ada'), password: 'correct horse battery' })
    await browser.post('/update-user', { name: 'Countess <&> \u2028' })
    await other.get('/get-session')
    await other.get('/list-sessions')
  },

  'deletion by mail': async (t) => {
    const browser = await t.signedUp('ada')
    const other = t.browser(browser.jar.clone())
    await browser.post('/delete-user', { password: 'correct horse battery' })
    await other.get('/get-session')
  },
}
