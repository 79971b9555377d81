import { socialCookiesCached } from '../configs.mjs'
import { person, through } from '../node/lib/social.mjs'

export const config = socialCookiesCached

export const scenarios = {
  'the account cookie is renewed with the cache': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada'))
    await browser.get('/get-session')
    await browser.get('/get-session?disableCookieCache=true')
    await browser.post('/update-user', { name: 'Ada' })
    await browser.post('/get-access-token', { useAccountCookie: true })
    await browser.post('/refresh-token', { useAccountCookie: true })
    await browser.get('/list-accounts')
    await browser.post('/sign-out', {})
  },

  'somebody else signs in': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada'))
    const theirs = browser.jar.get('better-auth.account_data')
    const eve = await t.signedUp('eve')
    eve.jar.set('better-auth.account_data', theirs)
    await eve.get('/get-session?disableCookieCache=true')
    eve.jar.set('better-auth.account_data', 'x')
    await eve.get('/get-session?disableCookieCache=true')
    await browser.post('/sign-in/email', { email: t.email('eve'), password: 'correct horse battery' })
  },

  'not remembered': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada'))
    await browser.post('/sign-up/email', { name: 'eve', email: t.email('eve'), password: 'correct horse battery', rememberMe: false })
    await browser.get('/get-session?disableCookieCache=true')
  },
}
