import { socialUnlinked } from '../configs.mjs'
import { link, person, through, verified } from '../node/lib/social.mjs'

export const config = socialUnlinked

export const scenarios = {
  'no linking': async (t) => {
    const browser = await verified(t, 'ada')
    await through(t, t.browser(), 'plain', person(t, 'ada'))
    await link(t, browser, 'plain', person(t, 'ada'))
    await browser.get('/list-accounts')
  },
}
