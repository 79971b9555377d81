import { core } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = core

const EVIL = 'https://evil.example.net'

/** Header sets a browser, an application or an attacker may send. */
const variants = (origin) => ({
  'nothing': {},
  'own origin': { origin },
  'own referer': { referer: `${origin}/page?x=1` },
  'foreign origin': { origin: EVIL },
  'foreign referer': { referer: `${EVIL}/page` },
  'foreign origin, own referer': { origin: EVIL, referer: `${origin}/` },
  'null origin': { origin: 'null' },
  'null origin, same-origin': { origin: 'null', 'sec-fetch-site': 'same-origin' },
  'null origin, cross-site': { origin: 'null', 'sec-fetch-site': 'cross-site' },
  'empty origin': { origin: '' },
  'trusted origin': { origin: 'https://trusted.example.com' },
  'trusted origin, other scheme': { origin: 'http://trusted.example.com' },
  'trusted origin, other port': { origin: 'https://trusted.example.com:8443' },
  'wildcard origin': { origin: 'https://a.wild.example.com' },
  'apex of a wildcard': { origin: 'https://wild.example.com' },
  'custom scheme': { origin: 'myapp://' },
  'same-origin metadata': { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
  'cross-site navigation': { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  'cross-site navigation, own origin': { origin, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  'cross-site fetch': { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
  'cross-site fetch, trusted origin': { origin: 'https://trusted.example.com', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
  'same-site navigation': { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', origin },
  'only a mode': { 'sec-fetch-mode': 'cors' },
})

export const scenarios = {
  'with a session cookie': async (t) => {
    const { jar } = await t.signedUp('ada')
    for (const [label, headers] of Object.entries(variants(t.origin))) {
      await t.curl(jar).post('/update-user', { name: label }, { headers, label: `update-user, ${label}` })
    }
  },

  'with an unrelated cookie': async (t) => {
    for (const headers of [{}, { origin: EVIL }, { origin: t.origin }]) {
      await t.curl().post('/sign-out', {}, { headers: { cookie: 'theme=dark', ...headers } })
    }
    await t.curl().post('/sign-out', {}, { headers: { cookie: '' } })
  },

  'sign-in without cookies': async (t) => {
    await t.signedUp('ada')
    for (const [label, headers] of Object.entries(variants(t.origin))) {
      await t.curl().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD }, { headers, label: `sign-in, ${label}` })
    }
  },

  'sign-up without cookies': async (t) => {
    for (const [i, [label, headers]] of Object.entries(variants(t.origin)).entries()) {
      await t.curl().post('/sign-up/email', { name: 'x', email: t.email(`u${i}`), password: PASSWORD }, { headers, label: `sign-up, ${label}` })
    }
  },

  'sign-in with a stale cookie': async (t) => {
    await t.signedUp('ada')
    for (const headers of [{}, { origin: t.origin }, { origin: EVIL }]) {
      await t.curl().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD }, { headers: { cookie: 'better-auth.session_token=x', ...headers } })
    }
  },

  'other routes are not covered without cookies': async (t) => {
    await t.curl().post('/request-password-reset', { email: t.email('nobody') }, { headers: { origin: EVIL } })
    await t.curl().post('/sign-out', {}, { headers: { origin: EVIL, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } })
  },

  'reads need no origin': async (t) => {
    const { jar } = await t.signedUp('ada')
    await t.curl(jar).get('/get-session', { headers: { origin: EVIL } })
    await t.curl(jar).get('/list-sessions', { headers: { origin: EVIL } })
  },

  'URLs in the body': async (t) => {
    const urls = ['/a', '/a?b=c&d=%20#e', '/', '//evil.example.net', '/\\evil', '/%2f/evil', '/%5cevil', '/a%2fb', '/a?x=%2f', '/a\n', '/\t/evil', '/../x', '/a//b', 'a', './a', '?a', '#a',
      t.origin, `${t.origin}/x`, EVIL, 'https://trusted.example.com', 'https://trusted.example.com.evil.net', 'https://user@trusted.example.com/', 'https://trusted.example.com@evil.example.net/', 'https://TRUSTED.example.com/', 'https://trusted.example.com:443/', 'https://trusted.example.com:444/',
      'https://x.wild.example.com/p', 'https://x.y.wild.example.com/p', 'https://wild.example.com/p', 'http://x.wild.example.com/p', 'https://x.wild.example.com:1/p', 'https://evil.example.net/.wild.example.com', 'myapp://anything/x', 'myapp2://x', 'javascript:alert(1)', 'data:text/html,x', 'null', ' /a', '/a ', '/é', '/+', '/a@b', '/a:b', '/@evil.example.net', '/.']
    for (const callbackURL of urls) {
      await t.curl().post('/send-verification-email', { callbackURL }, { label: `callbackURL ${JSON.stringify(callbackURL)}` })
    }
    for (const name of ['redirectTo', 'errorCallbackURL', 'newUserCallbackURL']) {
      for (const value of [EVIL, '/a', '', 7, null, ['/a'], {}]) await t.curl().post('/send-verification-email', { [name]: value })
    }
    for (const value of [7, null, ['/a'], {}]) await t.curl().post('/send-verification-email', { callbackURL: value })
  },

  'which check comes first': async (t) => {
    const { jar } = await t.signedUp('ada')
    const evil = { origin: EVIL }
    await t.curl(jar).post('/change-password', {}, { headers: evil, label: 'foreign origin and a bad body' })
    await t.curl(jar).post('/nothing', {}, { headers: evil, label: 'foreign origin and an unknown path' })
    await t.curl(jar).send({ method: 'POST', path: '/change-password', headers: { ...evil, 'content-type': 'application/json' }, body: '{', label: 'foreign origin and broken JSON' })
    await t.curl(jar).send({ method: 'POST', path: '/change-password', headers: { ...evil, 'content-type': 'text/plain' }, body: 'x', label: 'foreign origin and a wrong media type' })
    await t.curl(jar).post('/sign-in/email', { callbackURL: EVIL }, { headers: { origin: t.origin }, label: 'foreign callbackURL and a bad body' })
    await t.curl(jar).post('/sign-in/email', { callbackURL: EVIL }, { headers: evil, label: 'foreign origin and a foreign callbackURL' })
    await t.curl().post('/sign-in/email', {}, { headers: evil, label: 'no cookie, foreign origin and a bad body' })
    await t.curl().post('/sign-in/email?callbackURL=https%3A%2F%2Fevil.example.net', { email: t.email('ada'), password: PASSWORD })
    await t.curl().post('/sign-in/email?callbackURL=https%3A%2F%2Fevil.example.net', { email: t.email('ada'), password: PASSWORD, callbackURL: '/a' })
    await t.curl().get('/verify-email?token=x&callbackURL=https%3A%2F%2Fevil.example.net')
    await t.curl().get('/verify-email?callbackURL=https%3A%2F%2Fevil.example.net')
  },
}
