import { hosts } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'
import { at, linksAt } from '../node/lib/hosts.mjs'
import { person } from '../node/lib/social.mjs'

export const config = hosts

export const scenarios = {
  'links lead to the host of the request': async (t) => {
    await at(t, 'shop.example').post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    await linksAt(t, ['shop.example', 'a.preview.example:8443', 'b.a.preview.example:8443', 'localhost:4000'])
  },

  'spellings of a host': async (t) => {
    await at(t, 'shop.example').post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    await linksAt(t, ['SHOP.Example', 'A.preview.EXAMPLE:8443'])
  },

  'hosts that are not allowed': async (t) => {
    await at(t, 'shop.example').post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    await linksAt(t, [
      'evil.example', 'shop.example:8080', 'shop.example.', 'shop.example.evil.example', 'evilshop.example', 'a.preview.example', 'preview.example:8443',
      '[::1]:3000', '127.0.0.1:3000', 'localhost',
    ])
    await at(t, 'evil.example').get('/ok')
    await at(t, 'evil.example').get('/get-session')
    await at(t, 'evil.example').get('/nowhere')
    await t.mailsLeft(t.email('ada'))
  },

  'headers of a proxy nobody has set up': async (t) => {
    await at(t, 'shop.example').post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    await linksAt(t, ['shop.example'], { 'x-forwarded-host': 'a.preview.example:8443' })
    await linksAt(t, ['shop.example'], { 'x-forwarded-host': 'evil.example' })
  },

  'a protocol nobody has set up': async (t) => {
    await at(t, 'shop.example').post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    await linksAt(t, ['shop.example'], { 'x-forwarded-proto': 'https' })
  },

  'pages that may call': async (t) => {
    const body = { email: t.email('nobody'), password: PASSWORD }
    for (const origin of [
      'https://shop.example', 'http://shop.example', 'https://a.preview.example:8443', 'http://a.preview.example:8443', 'https://a.preview.example',
      'http://localhost:3000', 'https://localhost:3000', 'http://localhost', 'https://shop.example.evil.example', 'https://evil.example',
      'http://127.0.0.1:3000',
    ]) await at(t, 'shop.example').post('/sign-in/email', body, { headers: { origin } })
  },

  'where a sign-in may lead': async (t) => {
    const ada = at(t, 'shop.example')
    await ada.post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    for (const callbackURL of [
      '/inside', 'https://shop.example/inside', 'http://shop.example/inside', 'https://a.preview.example:8443/inside', 'http://localhost:4000/inside',
      'https://evil.example', 'https://shop.example@evil.example',
    ]) await ada.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD, callbackURL })
  },

  'a session is good at every host': async (t) => {
    const ada = at(t, 'shop.example')
    await ada.post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    for (const host of ['shop.example', 'localhost:4000']) await at(t, host, ada.jar).get('/get-session')
    await at(t, 'localhost:4000', ada.jar).post('/sign-out', {})
    await ada.get('/get-session')
  },

  'a sign-in at a provider': async (t) => {
    for (const host of ['shop.example', 'a.preview.example:8443']) {
      const browser = at(t, host)
      const ada = person(t, 'ada')
      const begin = async (body = {}) => (await browser.post('/sign-in/social', { provider: 'plain', ...body })).json.url
      const end = async (address) => {
        t.note('callback', address)
        const { pathname, search } = new URL(address)
        await browser.get(pathname + search, { root: true })
      }
      await end(t.oauth.agree(await begin(), ada))
      await browser.get('/get-session')
      await end(t.oauth.agree(await begin({ callbackURL: '/inside' }), ada))
      await end(t.oauth.refuse(await begin(), 'access_denied'))
      await at(t, host).form('/callback/plain', { error: 'access_denied' }, { headers: { origin: undefined } })
    }
  },
}
