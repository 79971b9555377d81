import { socialCookies } from '../configs.mjs'
import { accountAt, begin, end, person, through } from '../node/lib/social.mjs'

export const config = socialCookies

export const scenarios = {
  'state in a cookie': async (t) => {
    const [browser, other] = [t.browser(), t.browser()]
    const address = t.oauth.agree(await begin(browser, 'plain'), person(t, 'ada'))
    await other.open(address)
    await begin(other, 'plain')
    await other.open(address)
    other.jar.set('better-auth.oauth_state', '00'.repeat(60))
    await other.open(address)
    await browser.open(address)
    await browser.open(address)
    await browser.get('/callback/plain?code=x')
  },

  'account in a cookie': async (t) => {
    const browser = t.browser()
    const cookie = { useAccountCookie: true }
    for (const provider of ['plain', 'plain', 'oidc']) {
      await through(t, browser, provider, person(t, 'ada'))
      await browser.post('/get-access-token', cookie)
      await browser.post('/refresh-token', cookie)
      await browser.post('/get-access-token', cookie)
    }
    const accountId = await accountAt(browser, 'plain')
    await browser.post('/get-access-token', { accountId })
    await browser.post('/refresh-token', { accountId })
    const eve = await t.signedUp('eve')
    eve.jar.set('better-auth.account_data', browser.jar.get('better-auth.account_data'))
    await eve.post('/get-access-token', cookie)
    eve.jar.set('better-auth.account_data', 'x')
    await eve.post('/get-access-token', cookie)
    await browser.post('/sign-out', {})
    await t.browser().post('/sign-out', {})
  },

  'tokens about to end': async (t) => {
    const browser = t.browser()
    await end(t, browser, await begin(browser, 'plain'), person(t, 'ada', {}, { expiresIn: 4 }))
    await browser.post('/get-access-token', { useAccountCookie: true })
    await browser.post('/get-access-token', { useAccountCookie: true })
  },
}
