import { core } from '../configs.mjs'
import { PASSWORD, tampered } from '../node/lib/scenario.mjs'

export const config = core

const COOKIE = 'better-auth.session_token'

export const scenarios = {
  'get-session': async (t) => {
    await t.browser().get('/get-session')
    const browser = await t.signedUp('ada')
    await browser.get('/get-session')
    await browser.get('/get-session?disableRefresh=true')
    await browser.get('/get-session?disableCookieCache=false')
    await browser.get('/get-session?disableCookieCache=true&disableCookieCache=true')
    await browser.get('/get-session?unknown=1')
    await browser.post('/get-session', {})
    await t.curl(browser.jar).get('/get-session')
  },

  'unusable session cookies': async (t) => {
    const { jar } = await t.signedUp('ada')
    const good = jar.get(COOKIE)
    const variants = {
      'changed value': tampered(good),
      'changed signature': good.slice(0, -6) + (good.at(-6) === 'A' ? 'B' : 'A') + good.slice(-5),
      'no signature': decodeURIComponent(good).split('.')[0],
      'empty': '',
      'garbage': '%%%',
      'decoded': decodeURIComponent(good),
      'quoted': `"${good}"`,
    }
    for (const [label, value] of Object.entries(variants)) {
      const browser = t.browser()
      browser.jar.set(COOKIE, value)
      await browser.get('/get-session', { label: `get-session, ${label}` })
      await browser.get('/list-sessions', { label: `list-sessions, ${label}` })
    }
    await t.browser().get('/get-session', { headers: { cookie: `${COOKIE}=first; ${COOKIE}=${good}` }, label: 'get-session, wrong cookie first' })
    await t.browser().get('/get-session', { headers: { cookie: `a=b; ${COOKIE}=${good}; c` }, label: 'get-session, among others' })
  },

  'everything is refused without a session': async (t) => {
    const anybody = t.browser()
    for (const path of ['/list-sessions', '/list-accounts', '/account-info?accountId=x']) await anybody.get(path)
    for (const [path, body] of Object.entries({
      '/revoke-session': { token: 'x' }, '/revoke-sessions': {}, '/revoke-other-sessions': {}, '/update-session': { a: 1 }, '/update-user': { name: 'x' },
      '/change-password': { currentPassword: 'x', newPassword: 'y' }, '/change-email': { newEmail: t.email('new') }, '/delete-user': {},
      '/verify-password': { password: 'x' }, '/unlink-account': { accountId: 'x' },
    })) await anybody.post(path, body)
  },

  'validation comes before the session': async (t) => {
    const anybody = t.browser()
    for (const path of ['/revoke-session', '/update-session', '/update-user', '/change-password', '/change-email', '/delete-user', '/verify-password', '/unlink-account', '/revoke-sessions']) {
      await anybody.post(path, {})
      await anybody.post(path, null)
      await anybody.post(path, [])
      await anybody.send({ method: 'POST', path, label: `POST ${path} without a body` })
    }
  },

  'list and revoke': async (t) => {
    const credentials = { email: t.email('ada'), password: PASSWORD }
    const first = await t.signedUp('ada')
    const second = t.browser()
    const { json } = await second.post('/sign-in/email', credentials)
    await first.get('/list-sessions')
    await first.post('/revoke-session', { token: 'unknown' })
    await first.post('/revoke-session', { token: json.token })
    await second.get('/get-session')
    await first.get('/list-sessions')
    await first.post('/revoke-session', {})
    await first.post('/revoke-session', { token: 7 })
  },

  'nobody revokes the session of another user': async (t) => {
    const ada = await t.signedUp('ada')
    const eve = await t.signedUp('eve')
    const { json } = await ada.get('/get-session')
    await eve.post('/revoke-session', { token: json.session.token })
    await ada.get('/get-session')
  },

  'revoke-other-sessions': async (t) => {
    const first = await t.signedUp('ada')
    const second = t.browser()
    await second.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await first.post('/revoke-other-sessions', {})
    await second.get('/get-session')
    await first.get('/list-sessions')
    await first.send({ method: 'POST', path: '/revoke-other-sessions', label: 'revoke-other-sessions without a body' })
  },

  'revoke-sessions': async (t) => {
    const first = await t.signedUp('ada')
    const second = t.browser()
    await second.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    await first.post('/revoke-sessions', {})
    await second.get('/get-session')
    await first.get('/list-sessions')
    await first.get('/get-session')
  },

  'update-session has nothing to update': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/update-session', {})
    await browser.post('/update-session', { token: 'mine', userId: 'other', expiresAt: '2040-01-01T00:00:00.000Z', ipAddress: '1.2.3.4' })
    await browser.post('/update-session', { nothing: true })
    await browser.get('/get-session')
  },

  'the client address and agent are stored': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', { name: 'x', email: t.email('x'), password: PASSWORD }, { headers: { 'user-agent': 'Agent/1.0 (x)', 'x-forwarded-for': '203.0.113.9' } })
    await browser.get('/get-session')
    const accented = t.browser() // Node sends this header as UTF-8 and reads headers as Latin-1
    await accented.post('/sign-up/email', { name: 'y', email: t.email('y'), password: PASSWORD }, { headers: { 'user-agent': 'MyApp (Universit\u00e9)' }, quiet: true })
    t.note('agent beyond ASCII', { userAgent: (await accented.get('/get-session', { quiet: true })).json.session.userAgent })
    for (const [name, forwarded] of Object.entries({ chain: '203.0.113.9, 10.0.0.1', six: '2001:db8:1:2:3:4:5:6', mapped: '::ffff:203.0.113.7', junk: 'junk', none: undefined })) {
      const other = t.browser()
      await other.post('/sign-up/email', { name, email: t.email(name), password: PASSWORD }, { headers: { 'x-forwarded-for': forwarded, 'user-agent': undefined }, quiet: true })
      const { json } = await other.get('/get-session', { quiet: true })
      t.note(`address of ${name}`, { ipAddress: json.session.ipAddress, userAgent: json.session.userAgent })
    }
  },
}
