import { core } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = core

async function requested(t, name = 'ada', more = { redirectTo: '/new-password' }) {
  const browser = await t.signedUp(name)
  const email = t.email(name)
  await t.browser().post('/request-password-reset', { email, ...more })
  return { browser, email, ...await t.mail('reset-password', email) }
}

export const scenarios = {
  'the whole way': async (t) => {
    const { browser, email, url, token } = await requested(t)
    const page = await t.browser().open(url)
    t.note('token in the redirect', new URL(page.location, t.origin).searchParams.get('token') === token)
    await t.browser().post('/reset-password', { newPassword: 'a new password', token })
    await t.mail('password-was-reset', email)
    await browser.get('/get-session')
    await t.browser().post('/sign-in/email', { email, password: PASSWORD })
    await t.browser().post('/sign-in/email', { email, password: 'a new password' })
    await t.browser().post('/reset-password', { newPassword: 'another password', token })
    await t.browser().open(url)
  },

  'token in the query': async (t) => {
    const { token } = await requested(t)
    await t.browser().post(`/reset-password?token=${token}`, { newPassword: 'a new password' })
  },

  'the body wins over the query': async (t) => {
    const { token } = await requested(t)
    await t.browser().post(`/reset-password?token=${token}`, { newPassword: 'a new password', token: 'unknown' })
    await t.browser().post('/reset-password?token=unknown', { newPassword: 'a new password', token })
  },

  'a refused password does not spend the token': async (t) => {
    const { token } = await requested(t)
    await t.browser().post('/reset-password', { newPassword: 'short', token })
    await t.browser().post('/reset-password', { newPassword: 'x'.repeat(129), token })
    await t.browser().post('/reset-password', { newPassword: 'a new password', token })
  },

  'unusable input': async (t) => {
    const { browser } = await requested(t)
    for (const body of [
      { newPassword: 'a new password' }, { newPassword: 'a new password', token: '' }, { newPassword: 'a new password', token: 'unknown' }, { token: 'unknown' },
      { newPassword: 'short', token: 'unknown' }, { newPassword: 7, token: 7 }, {}, null,
    ]) await t.browser().post('/reset-password', body)
    for (const body of [{}, { email: 'plain' }, { email: '' }, { email: 7 }, null, { email: t.email('ada'), redirectTo: 7 }]) await browser.post('/request-password-reset', body)
  },

  'unknown addresses get the same answer': async (t) => {
    await t.browser().post('/request-password-reset', { email: t.email('nobody'), redirectTo: '/new-password' })
    await t.mailsLeft(t.email('nobody'))
  },

  'redirectTo': async (t) => {
    await t.signedUp('ada')
    const email = t.email('ada')
    for (const redirectTo of [undefined, 'https://trusted.example.com/reset?x=1', '/reset?x=1#part']) {
      await t.browser().post('/request-password-reset', { email, redirectTo })
      const { url } = await t.mail('reset-password', email)
      await t.browser().open(url)
    }
    await t.browser().post('/request-password-reset', { email, redirectTo: 'https://evil.example.net/' })
    await t.browser().post('/request-password-reset', { email, redirectTo: '//evil.example.net/' })
    await t.browser().post('/request-password-reset', { email, redirectTo: '' })
    await t.mailsLeft(email)
  },

  'links that were tampered with': async (t) => {
    await t.signedUp('ada')
    for (const path of [
      '/reset-password/unknown', '/reset-password/unknown?callbackURL=', '/reset-password/unknown?callbackURL=%2Fnew', '/reset-password/unknown?callbackURL=%2Fnew%3Fx%3D1%23y',
      '/reset-password/unknown?callbackURL=https%3A%2F%2Fevil.example.net', '/reset-password/unknown?callbackURL=https%3A%2F%2Ftrusted.example.com%2Fa', '/reset-password/unknown?callbackURL=a&callbackURL=b', '/reset-password/',
    ]) await t.curl().get(path)
  },

  'the newest of two tokens does not replace the first': async (t) => {
    const { email, token } = await requested(t)
    await t.browser().post('/request-password-reset', { email })
    const second = await t.mail('reset-password', email)
    await t.browser().post('/reset-password', { newPassword: 'a new password', token })
    await t.browser().post('/reset-password', { newPassword: 'another password', token: second.token })
  },
}
