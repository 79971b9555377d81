import { deferred } from '../configs.mjs'
import { sleep } from '../node/lib/scenario.mjs'

export const config = deferred

export const scenarios = {
  'the client posts the refresh': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.get('/get-session')
    await browser.post('/get-session', {})
    await sleep(3300)
    await browser.get('/get-session')
    await browser.get('/get-session?disableRefresh=true')
    await browser.get('/list-accounts')
    await browser.send({ method: 'POST', path: '/get-session', label: 'POST get-session without a body' })
    await browser.get('/get-session')
    await t.browser().post('/get-session', {})
    await t.curl(browser.jar).post('/get-session', {})
  },

  'the npm client does so by itself': async (t) => {
    const browser = await t.signedUp('ada')
    const client = t.client(browser)
    await sleep(3300)
    await t.call('getSession', client.getSession())
  },
}
