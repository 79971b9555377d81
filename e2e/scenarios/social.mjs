import { social } from '../configs.mjs'
import { generateKeyPairSync } from 'node:crypto'
import { parseURI, PASSWORD, unusedTotp } from '../node/lib/scenario.mjs'
import { accountAt, begin, end, link, person, through, verified } from '../node/lib/social.mjs'

export const config = social

/** The claims of a token that ended an hour ago. */
function longAgo() {
  const iat = Math.floor(Date.now() / 1000) - 7200
  return { iat, exp: iat + 3600 }
}

export const scenarios = {
  'a new user and a known one': async (t) => {
    const browser = t.browser()
    const ada = person(t, 'ada')
    const more = { newUserCallbackURL: '/welcome', scopes: ['books'], loginHint: 'ada', additionalParams: { hd: 'example.com' } }
    await through(t, browser, 'plain', ada, more)
    await browser.get('/get-session')
    await browser.get('/list-accounts')
    await through(t, browser, 'plain', ada, more)
    await browser.get('/get-session')
    await browser.post('/sign-out', {})
    await browser.get('/get-session')
  },

  'what may be asked for': async (t) => {
    const browser = t.browser()
    for (const body of [
      {}, { provider: 7 }, { provider: null }, { provider: 'nobody' }, { provider: 'plain', scopes: 'a' }, { provider: 'plain', scopes: [1] },
      { provider: 'plain', additionalParams: { state: 'x' } }, { provider: 'plain', additionalParams: { a: 1 } },
      { provider: 'plain', additionalParams: null }, { provider: 'plain', idToken: {} }, { provider: 'plain', idToken: { token: 'x' } },
      { provider: 'plain', idToken: null }, { provider: 'plain', additionalData: 'x' }, { provider: 'plain', requestSignUp: 'yes' },
      { provider: 'plain', disableRedirect: true }, { provider: 'plain', callbackURL: 'https://evil.example' },
      { provider: 'plain', errorCallbackURL: '//evil.example' }, { provider: 'plain', newUserCallbackURL: 'https://evil.example' },
      { provider: 'plain', callbackURL: 7 }, { provider: 'plain', callbackURL: 'https://trusted.example.com/in' },
    ]) await browser.post('/sign-in/social', body)
    await browser.post('/link-social', { provider: 'plain' })
    await t.curl().post('/sign-in/social', { provider: 'plain' })
  },

  'where it ends without addresses of its own': async (t) => {
    const browser = t.browser()
    const page = (await browser.post('/sign-in/social', { provider: 'plain' })).json.url
    await end(t, browser, page, person(t, 'ada'))
    const again = (await browser.post('/sign-in/social', { provider: 'plain' })).json.url
    await browser.open(t.oauth.refuse(again, 'access_denied', 'She said no & left'))
    for (const errorCallbackURL of ['/failed?a=1#top', 'https://trusted.example.com', 'https://trusted.example.com/x?']) {
      await browser.open(t.oauth.refuse(await begin(browser, 'plain', { errorCallbackURL }), 'access_denied'))
    }
  },

  'callbacks without a sign-in': async (t) => {
    const browser = t.browser()
    for (const query of ['', '?code=x', '?state=x', '?code=x&state=unknown', '?error=denied', '?code=&state=', '?state=a&state=b', '?code=x&code=y&state=a']) {
      await browser.get(`/callback/plain${query}`)
    }
    await browser.get('/callback/nobody?code=x&state=y')
    await browser.form('/callback/plain', { code: 'x', state: 'y', user: '{"name":{"firstName":"Ada"}}', more: 'z' }, { headers: { origin: undefined } })
    await browser.form('/callback/plain?code=query', { code: 'form', state: 'a b*~!' }, { headers: { origin: undefined } })
    await browser.post('/callback/plain', { code: 'x', state: 1 })
    await browser.post('/callback/plain', { code: 'x', device_id: 'd', iss: 'i', error_description: 'e' })
    await browser.send({ method: 'POST', path: '/callback/plain', label: 'POST without a body' })
  },

  'a form post': async (t) => {
    const browser = t.browser()
    const { search } = new URL(t.oauth.agree(await begin(browser, 'plain'), person(t, 'ada')))
    const stranger = t.curl() // a post from the provider's page comes without cookies
    const { location } = await stranger.form('/callback/plain', Object.fromEntries(new URLSearchParams(search)))
    await browser.open(location)
    await browser.get('/get-session')
  },

  'a state serves once, in one browser': async (t) => {
    const [browser, other] = [t.browser(), t.browser()]
    const address = t.oauth.agree(await begin(browser, 'plain'), person(t, 'ada'))
    await other.open(address)
    await begin(other, 'plain')
    await other.open(address)
    await browser.open(address)
    await browser.open(address)
    await other.get('/get-session')
  },

  'an answer brought to another provider': async (t) => {
    const browser = t.browser()
    const address = t.oauth.agree(await begin(browser, 'plain'), person(t, 'ada'))
    await browser.open(address.replace('/callback/plain', '/callback/other'))
    await browser.get('/get-session')
    await browser.open(address)
  },

  'what a provider can get wrong': async (t) => {
    const browser = t.browser()
    for (const who of [
      person(t, 'ada', {}, { fails: 'token' }), person(t, 'ada', {}, { fails: 'userinfo' }), person(t, 'ada', { email: undefined }),
      person(t, 'ada', { id: undefined }), person(t, 'ada', { id: '' }), person(t, 'ada', { id: ' ' }), person(t, 'ada', { id: null }),
    ]) await through(t, browser, 'plain', who)
    const page = await begin(browser, 'plain')
    await browser.open(t.oauth.agree(page, person(t, 'ada'), { code: 'stolen' }))
    await browser.get('/get-session')
  },

  'subjects of many kinds': async (t) => {
    const number = parseInt(t.run, 36) % 1e6
    for (const [name, id] of [['number', number], ['text', `${t.run}-A`]]) {
      const browser = t.browser()
      await end(t, browser, await begin(browser, 'plain'), person(t, name, { id, name: undefined, picture: undefined, email_verified: undefined }))
      await browser.get('/get-session')
    }
  },

  'the account is who somebody is': async (t) => {
    const [browser, other] = [t.browser(), t.browser()]
    const ada = person(t, 'ada')
    await through(t, browser, 'plain', ada)
    await through(t, browser, 'plain', person(t, 'ada', { email: t.email('moved'), name: 'Another' }))
    await browser.get('/get-session')
    await through(t, other, 'plain', person(t, 'eve', { email: t.email('moved') }))
    await other.get('/get-session')
  },

  'OpenID Connect': async (t) => {
    const browser = t.browser()
    const ada = person(t, 'ada')
    await through(t, browser, 'oidc', ada)
    await browser.get('/get-session')
    const accountId = await accountAt(browser, 'oidc')
    await browser.post('/get-access-token', { accountId })
    await browser.get(`/account-info?accountId=${accountId}`)
    for (const [label, who] of Object.entries({
      'another nonce': person(t, 'ada', {}, { idToken: { nonce: 'another' } }),
      'another issuer': person(t, 'ada', {}, { idToken: { iss: 'https://evil.example' } }),
      'another audience': person(t, 'ada', {}, { idToken: { aud: 'another' } }),
      'expired': person(t, 'ada', {}, { idToken: longAgo() }),
    })) {
      t.note('ID token', label)
      await through(t, browser, 'oidc', who)
    }
    for (const iss of [t.oauth.origin, 'https://evil.example']) await end(t, browser, await begin(browser, 'oidc'), ada, { iss })
    await end(t, browser, await begin(browser, 'plain'), person(t, 'bob'), { iss: 'https://evil.example' })
  },

  'sign-in with an ID token': async (t) => {
    const ada = person(t, 'ada')
    const send = (browser, token, more = {}) => browser.post('/sign-in/social', { provider: 'oidc', idToken: { token, ...more }, callbackURL: '/inside' })
    for (let i = 0; i < 2; i++) {
      const browser = t.browser()
      await send(browser, await t.oauth.idToken(ada, { nonce: 'n' }), { nonce: 'n', accessToken: 'an-access-token-of-the-client', expiresAt: 1 })
      await browser.get('/get-session')
      await browser.get('/list-accounts')
    }
    const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const browser = t.browser()
    for (const token of [
      'x', 'a.b.c', await t.oauth.idToken(ada, { iss: 'https://evil.example' }), await t.oauth.idToken(ada, { aud: 'another' }),
      await t.oauth.idToken(ada, longAgo()), await t.oauth.idToken(ada, {}, foreign), await t.oauth.idToken(ada, { email: undefined, sub: 'x' }),
    ]) await send(browser, token)
    await send(browser, await t.oauth.idToken(ada, { nonce: 'theirs' }), { nonce: 'mine' })
    await send(browser, await t.oauth.idToken(ada), { nonce: 'mine' })
    await t.signedUp('bob')
    await send(browser, await t.oauth.idToken(person(t, 'bob')))
    await browser.get('/get-session')
  },

  'linking while signing in': async (t) => {
    const unverified = await t.signedUp('ada')
    await through(t, t.browser(), 'plain', person(t, 'ada'))
    await unverified.get('/list-accounts')
    const browser = await verified(t, 'bob')
    await through(t, t.browser(), 'plain', person(t, 'bob', { email_verified: false }))
    const other = t.browser()
    await through(t, other, 'plain', person(t, 'bob', { name: 'Robert' }), { newUserCallbackURL: '/welcome' })
    await other.get('/get-session')
    await browser.get('/list-accounts')
    await through(t, t.browser(), 'other', person(t, 'bob'))
    await browser.get('/list-accounts')
  },

  'linking on request': async (t) => {
    const browser = await t.signedUp('ada')
    const ada = person(t, 'ada', {}, { scope: 'profile books' })
    await link(t, browser, 'plain', person(t, 'ada', { email_verified: false }))
    await link(t, browser, 'plain', person(t, 'ada', { email: t.email('elsewhere') }))
    await link(t, browser, 'plain', ada)
    await browser.get('/list-accounts')
    await link(t, browser, 'plain', { ...ada, scope: 'films books' })
    await browser.get('/list-accounts')
    await through(t, browser, 'plain', { ...ada, scope: 'profile' })
    await browser.get('/list-accounts')
    const eve = await t.signedUp('eve')
    await link(t, eve, 'plain', person(t, 'ada', { email: t.email('eve') }))
    await eve.get('/list-accounts')
    await browser.get('/get-session')
  },

  'linking with an ID token': async (t) => {
    const browser = await t.signedUp('ada')
    const send = async (caller, who, change) => caller.post('/link-social', { provider: 'oidc', idToken: { token: await t.oauth.idToken(who, change) } })
    await send(browser, person(t, 'ada'), { aud: 'another' })
    await send(browser, person(t, 'ada', { email_verified: false }))
    await send(browser, person(t, 'ada', { email: t.email('elsewhere') }))
    await send(browser, person(t, 'ada'))
    await send(browser, person(t, 'ada'))
    await browser.get('/list-accounts')
    await send(await t.signedUp('eve'), person(t, 'ada'))
    await browser.post('/link-social', { provider: 'plain', idToken: { token: 'x' } })
    await browser.post('/link-social', { provider: 'nobody' })
    await browser.post('/link-social', {})
  },

  'unlinking': async (t) => {
    const browser = await t.signedUp('ada')
    const password = await accountAt(browser, 'credential')
    await t.browser().post('/unlink-account', { accountId: password })
    for (const body of [{}, { accountId: password }, { accountId: 'unknown' }]) await browser.post('/unlink-account', body)
    await link(t, browser, 'plain', person(t, 'ada'))
    const eve = await t.signedUp('eve')
    await link(t, eve, 'plain', person(t, 'eve'))
    await eve.post('/unlink-account', { accountId: password })
    await browser.post('/unlink-account', { accountId: 'unknown' })
    await browser.post('/unlink-account', { accountId: password })
    await browser.get('/list-accounts')
    await browser.post('/unlink-account', { accountId: await accountAt(browser, 'plain') })
    await t.browser().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
  },

  'tokens': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada'))
    const accountId = await accountAt(browser, 'plain')
    await browser.post('/get-access-token', { accountId })
    await browser.post('/refresh-token', { accountId })
    await browser.post('/refresh-token', { accountId })
    await browser.post('/get-access-token', { accountId })
    await browser.get(`/account-info?accountId=${accountId}`)
    for (const path of ['/get-access-token', '/refresh-token']) {
      for (const body of [
        {}, [], null, { accountId: 1 }, { accountId: 'unknown' }, { accountId, x: 1 }, { accountId, userId: 1 }, { accountId, useAccountCookie: true },
        { useAccountCookie: true }, { useAccountCookie: false }, { useAccountCookie: true, x: 1 }, { providerId: 'plain' },
      ]) await browser.post(path, body)
      await t.browser().post(path, { accountId })
      await (await t.signedUp(`eve${path.length}`)).post(path, { accountId })
    }
    for (const query of ['', '?accountId=unknown', `?accountId=${accountId}&x=1`, '?useAccountCookie=true']) await browser.get(`/account-info${query}`)
    await t.browser().get(`/account-info?accountId=${accountId}`)
  },

  'tokens that are about to end': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada', {}, { expiresIn: 4 }))
    const accountId = await accountAt(browser, 'plain')
    const first = await browser.post('/get-access-token', { accountId })
    const second = await browser.post('/get-access-token', { accountId })
    t.note('refreshed', first.json.accessToken !== second.json.accessToken)
    const gone = t.browser()
    await through(t, gone, 'plain', person(t, 'bob', {}, { expiresIn: 4, fails: 'refresh' }))
    const theirs = await accountAt(gone, 'plain')
    await gone.post('/get-access-token', { accountId: theirs })
    await gone.post('/refresh-token', { accountId: theirs })
  },

  'accounts without a provider': async (t) => {
    const browser = await t.signedUp('ada')
    const accountId = await accountAt(browser, 'credential')
    await browser.post('/get-access-token', { accountId })
    await browser.post('/refresh-token', { accountId })
    await browser.get(`/account-info?accountId=${accountId}`)
  },

  'who may sign up': async (t) => {
    for (const provider of ['closed', 'asks']) {
      for (const requestSignUp of [undefined, false, true]) await through(t, t.browser(), provider, person(t, provider), { requestSignUp })
    }
  },

  'a provider whose word is not enough': async (t) => {
    const browser = t.browser()
    const ada = person(t, 'ada', { email_verified: false })
    await through(t, browser, 'strict', ada)
    await browser.get('/get-session')
    await t.mailsLeft(t.email('ada'))
    await through(t, browser, 'strict', ada)
    await t.mail('verification', t.email('ada'))
    await browser.open((await t.mail('verification', t.email('ada'))).url)
    await through(t, browser, 'strict', ada)
    await browser.get('/get-session')
  },

  'a profile that overrides': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'overrides', person(t, 'ada'))
    await through(t, browser, 'overrides', person(t, 'ada', { name: 'Countess', email: t.email('countess').toUpperCase(), email_verified: false, picture: undefined }))
    await browser.get('/get-session')
  },

  'a promoted address': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada', { email_verified: false }))
    await browser.get('/get-session')
    await through(t, browser, 'plain', person(t, 'ada'))
    await browser.get('/get-session')
  },

  'a code nobody asked for': async (t) => {
    const browser = t.browser()
    const { location } = await browser.get('/callback/initiates?code=unasked')
    await end(t, browser, location, person(t, 'ada'))
    await browser.get('/get-session')
    await browser.get('/callback/initiates?error=denied')
  },

  'data of the client': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'plain', person(t, 'ada'), { additionalData: { plan: 'pro', callbackURL: 'https://evil.example', errorURL: 'https://evil.example' } })
  },

  'a second factor is not asked for': async (t) => {
    const browser = await verified(t, 'ada')
    const { json } = await browser.post('/two-factor/enable', { password: PASSWORD })
    await browser.post('/two-factor/verify-totp', { code: t.mask(unusedTotp(parseURI(json.totpURI)), 'code') })
    const other = t.browser()
    await through(t, other, 'plain', person(t, 'ada'))
    await other.get('/get-session')
  },

  'sign-out at the provider': async (t) => {
    for (const body of [{}, { callbackURL: '/bye', state: 'of-the-client' }, { disableRedirect: true }, { callbackURL: 'https://evil.example' }]) {
      const browser = t.browser()
      await through(t, browser, 'oidc', person(t, 'ada'))
      await browser.post('/sign-out', body)
    }
  },

  'the npm client': async (t) => {
    const browser = t.browser()
    const client = t.client(browser)
    const { data } = await t.call('signIn.social', client.signIn.social({ provider: 'plain', callbackURL: '/inside', disableRedirect: true }))
    await end(t, browser, data.url, person(t, 'ada'))
    await t.call('getSession', client.getSession())
    const { data: accounts } = await t.call('listAccounts', client.listAccounts())
    const accountId = accounts[0].id
    await t.call('getAccessToken', client.getAccessToken({ accountId }))
    await t.call('refreshToken', client.refreshToken({ accountId }))
    await t.call('accountInfo', client.accountInfo({ query: { accountId } }))
    const { data: linked } = await t.call('linkSocial', client.linkSocial({ provider: 'other', callbackURL: '/linked', disableRedirect: true }))
    await end(t, browser, linked.url, person(t, 'ada'))
    await t.call('unlinkAccount', client.unlinkAccount({ accountId }))
  },
}
