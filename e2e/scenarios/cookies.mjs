import { namedCookies } from '../configs.mjs'

export const config = namedCookies

export const scenarios = {
  'names and attributes': async (t) => {
    const browser = await t.signedUp('ada')
    t.note('cookies', Object.keys(browser.jar.values()).sort())
    await browser.get('/get-session')
    await browser.post('/update-user', { name: 'x' })
    await browser.post('/sign-out', {})
    await t.signedUp('eve', { rememberMe: false })
  },
}
