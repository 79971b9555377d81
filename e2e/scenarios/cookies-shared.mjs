import { sharedCookies } from '../configs.mjs'

export const config = sharedCookies

export const scenarios = {
  'a domain': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.get('/get-session')
    await browser.post('/revoke-sessions', {})
    await browser.get('/get-session')
    await browser.post('/sign-out', {})
  },

  'trailing slashes are skipped': async (t) => {
    const browser = await t.signedUp('ada')
    for (const path of ['/ok/', '/ok//', '/get-session/', '/list-sessions/?x=1', '//ok']) await browser.get(path)
    await browser.post('/sign-out/', {})
  },
}
