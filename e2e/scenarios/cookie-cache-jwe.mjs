import { cookieCacheJwe } from '../configs.mjs'
import { sleep } from '../node/lib/scenario.mjs'

export const config = cookieCacheJwe

const DATA = 'better-auth.session_data'

export const scenarios = {
  'reads do not write': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.get('/get-session')
    await sleep(3300)
    await browser.get('/get-session')
    await browser.get('/get-session?disableCookieCache=true')
    await browser.post('/get-session?disableCookieCache=true', {})
    await browser.get('/get-session')
    browser.jar.delete(DATA)
    await browser.get('/get-session?disableRefresh=true')
    await browser.get('/get-session')
  },

  'a browser session': async (t) => {
    const browser = await t.signedUp('ada', { rememberMe: false })
    await browser.get('/get-session')
    browser.jar.delete(DATA)
    await browser.get('/get-session')
  },

  'copies that cannot be opened': async (t) => {
    const browser = await t.signedUp('ada')
    for (const copy of ['garbage', `${browser.jar.get(DATA)}x`, 'eyJhbGciOiJub25lIn0.e30.']) {
      browser.jar.set(DATA, copy)
      await browser.get('/get-session')
    }
  },
}
