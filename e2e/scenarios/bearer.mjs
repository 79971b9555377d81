import { bearers } from '../configs.mjs'
import { PASSWORD, tampered } from '../node/lib/scenario.mjs'

export const config = bearers

/** The session cookie's value, decoded: `<token>.<signature>`. */
export const signedToken = (browser) => decodeURIComponent(browser.jar.get('better-auth.session_token'))

export const scenarios = {
  'sign-in answers set-auth-token': async (t) => {
    const browser = await t.signedUp('ada')
    const { headers } = await t.curl().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    t.note('the header is a usable token', (await t.curl().get('/get-session', { headers: { authorization: `Bearer ${headers['set-auth-token']}` } })).json !== null)
    await browser.get('/get-session')
    await browser.post('/sign-out', {})
  },

  'spellings of the header': async (t) => {
    const browser = await t.signedUp('ada')
    const signed = signedToken(browser)
    const raw = signed.split('.')[0]
    const variants = {
      'signed': `Bearer ${signed}`,
      'signed, encoded': `Bearer ${encodeURIComponent(signed)}`,
      'raw': `Bearer ${raw}`,
      'lower-case scheme': `bearer ${signed}`,
      'upper-case scheme': `BEARER ${signed}`,
      'two spaces': `Bearer  ${signed} `,
      'tab': `Bearer\t${signed}`,
      'no scheme': signed,
      'basic': `Basic ${signed}`,
      'empty': 'Bearer ',
      'changed token': `Bearer ${tampered(signed)}`,
      'changed signature': `Bearer ${raw}.${tampered(signed.split('.')[1])}`,
      'base64url signature': `Bearer ${signed.replaceAll('+', '-').replaceAll('/', '_').replace(/=$/, '')}`,
      'unknown raw token': 'Bearer nobodyknowsthistoken',
      'bad escapes': `Bearer ${raw}.%zz`,
    }
    for (const [label, authorization] of Object.entries(variants)) await t.curl().get('/get-session', { headers: { authorization }, label: `get-session, ${label}` })
  },

  'calls without cookies': async (t) => {
    const authorization = `Bearer ${signedToken(await t.signedUp('ada'))}`
    const curl = t.curl()
    await curl.get('/list-sessions', { headers: { authorization } })
    await curl.post('/update-user', { name: 'x' }, { headers: { authorization } })
    await curl.post('/update-user', { name: 'y' }, { headers: { authorization, origin: 'https://evil.example.net' } })
    await curl.post('/change-password', { currentPassword: PASSWORD, newPassword: 'a new password', revokeOtherSessions: true }, { headers: { authorization } })
    await t.curl().get('/get-session', { headers: { authorization } })
  },

  'bearer and cookie': async (t) => {
    const ada = await t.signedUp('ada')
    const eve = await t.signedUp('eve')
    await ada.get('/get-session', { headers: { authorization: `Bearer ${signedToken(eve)}` } })
    await ada.get('/get-session', { headers: { authorization: 'Bearer broken.token' } })
  },

  'sign-out by bearer': async (t) => {
    const authorization = `Bearer ${signedToken(await t.signedUp('ada'))}`
    await t.curl().post('/sign-out', {}, { headers: { authorization } })
    await t.curl().get('/get-session', { headers: { authorization } })
  },
}
