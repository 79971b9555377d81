import { cookieCache } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = cookieCache

const TOKEN = 'better-auth.session_token'
const DATA = 'better-auth.session_data'

export const scenarios = {
  'sign-up, reads and sign-out': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.get('/get-session')
    await browser.get('/get-session?disableCookieCache=true')
    browser.jar.delete(DATA)
    await browser.get('/get-session')
    await browser.post('/sign-out', {})
  },

  'a revoked session is still readable from the cache': async (t) => {
    const browser = await t.signedUp('ada')
    const other = t.browser(browser.jar.clone())
    await browser.post('/revoke-sessions', {})
    await other.get('/get-session')
    await other.get('/list-sessions')
    await other.post('/change-password', { currentPassword: PASSWORD, newPassword: 'a new password' })
    await other.get('/get-session?disableCookieCache=true')
  },

  'updates renew the cache': async (t) => {
    const browser = await t.signedUp('ada', { image: 'https://img.example.com/<a>&"b".png' })
    await browser.post('/update-user', { name: 'Zoë <b> & \u2028 😀' })
    await browser.get('/get-session')
  },

  'a browser session': async (t) => {
    const browser = await t.signedUp('ada', { rememberMe: false })
    await browser.get('/get-session')
    browser.jar.delete(DATA)
    await browser.get('/get-session')
  },

  'a cache that was tampered with': async (t) => {
    const browser = await t.signedUp('ada')
    const cache = JSON.parse(Buffer.from(browser.jar.get(DATA), 'base64url').toString())
    cache.session.user.name = 'somebody else'
    browser.jar.set(DATA, Buffer.from(JSON.stringify(cache)).toString('base64url'))
    await browser.get('/get-session')
    browser.jar.set(DATA, 'garbage')
    await browser.get('/get-session')
  },

  'the cache without a session cookie': async (t) => {
    const browser = await t.signedUp('ada')
    browser.jar.delete(TOKEN)
    await browser.get('/get-session')
    await browser.get('/list-sessions')
  },

  'the cache of another session': async (t) => {
    const ada = await t.signedUp('ada')
    const eve = await t.signedUp('eve')
    eve.jar.set(DATA, ada.jar.get(DATA))
    await eve.get('/get-session')
  },

  'a large profile is chunked': async (t) => {
    const browser = await t.signedUp('ada', { image: `https://img.example.com/${'x.'.repeat(2500)}` })
    t.note('cookies', Object.keys(browser.jar.values()).sort())
    await browser.get('/get-session', { quiet: true })
    await browser.post('/update-user', { image: null })
    t.note('cookies', Object.keys(browser.jar.values()).sort())
    await browser.get('/get-session')
  },

  'deletion': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/delete-user', { password: PASSWORD })
  },
}
