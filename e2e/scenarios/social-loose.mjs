import { socialLoose } from '../configs.mjs'
import { accountAt, begin, link, person, through, verified } from '../node/lib/social.mjs'

export const config = socialLoose

export const scenarios = {
  'a trusted provider': async (t) => {
    const browser = await verified(t, 'ada')
    const other = t.browser()
    await through(t, other, 'other', person(t, 'ada', { email_verified: false }))
    await through(t, other, 'plain', person(t, 'ada', { email_verified: false, name: 'Countess' }))
    await other.get('/get-session')
    await browser.get('/list-accounts')
    await t.signedUp('bob')
    await through(t, t.browser(), 'plain', person(t, 'bob', { email_verified: false }))
  },

  'other addresses': async (t) => {
    const browser = await t.signedUp('ada')
    await link(t, browser, 'other', person(t, 'ada', { email: t.email('elsewhere'), name: 'Countess' }))
    await browser.get('/get-session')
    await link(t, browser, 'plain', person(t, 'ada', { email_verified: false }))
    await browser.get('/list-accounts')
  },

  'the last account': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada'))
    await browser.post('/unlink-account', { accountId: await accountAt(browser, 'plain') })
    await browser.get('/list-accounts')
  },

  'any browser': async (t) => {
    const [browser, other] = [t.browser(), t.browser()]
    const address = t.oauth.agree(await begin(browser, 'plain'), person(t, 'ada'))
    await other.open(address)
    await browser.open(address)
  },

  'tokens stay': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada'))
    const accountId = await accountAt(browser, 'plain')
    await browser.post('/get-access-token', { accountId })
    await through(t, browser, 'plain', person(t, 'ada'))
    await browser.post('/get-access-token', { accountId })
  },
}
