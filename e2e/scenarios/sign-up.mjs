import { core } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = core

const valid = (t, name, more) => ({ name: 'Ada Lovelace', email: t.email(name), password: PASSWORD, ...more })

export const scenarios = {
  'a new user is signed in': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', valid(t, 'ada'))
    await browser.get('/get-session')
    await browser.get('/list-accounts')
    await t.mailsLeft(t.email('ada'))
  },

  'every field is stored': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', valid(t, 'ada', { image: 'https://img.example.com/a.png', callbackURL: '/welcome', rememberMe: true }))
    await browser.get('/get-session')
  },

  'the address is lower-cased': async (t) => {
    const email = t.email('mixed')
    t.mask(email.toUpperCase().replace('EXAMPLE.COM', 'Example.Com'), 'MIXED@')
    const browser = t.browser()
    await browser.post('/sign-up/email', { ...valid(t, 'mixed'), email: email.toUpperCase().replace('EXAMPLE.COM', 'Example.Com') })
    await t.browser().post('/sign-in/email', { email, password: PASSWORD })
  },

  'rememberMe false makes browser-session cookies': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', valid(t, 'short', { rememberMe: false }))
    await browser.get('/get-session')
  },

  'a taken address is refused': async (t) => {
    await t.browser().post('/sign-up/email', valid(t, 'ada'))
    await t.browser().post('/sign-up/email', valid(t, 'ada'))
    const email = t.mask(t.email('ada').toUpperCase(), 'ADA@')
    await t.browser().post('/sign-up/email', { ...valid(t, 'ada'), email })
  },

  'password length is counted in UTF-16 units': async (t) => {
    for (const [name, password] of Object.entries({
      seven: '1234567', eight: '12345678', longest: 'x'.repeat(128), toolong: 'x'.repeat(129), emoji: '😀😀😀😀', empty: '',
    })) await t.browser().post('/sign-up/email', valid(t, name, { password }))
  },

  'malformed addresses are refused': async (t) => {
    const bad = ['', 'plain', 'a@b', '@example.com', 'a@@example.com', 'a b@example.com', ' a@example.com', '.a@example.com', 'a.@example.com',
      'a..b@example.com', "a'@example.com", 'a@-example.com', 'a@example.c', 'ü@example.com', 'a@exämple.com', 'a@example.com ', 'a@127.0.0.1', '"a"@example.com']
    for (const email of bad) await t.browser().post('/sign-up/email', { ...valid(t, 'bad'), email })
  },

  'missing fields and wrong types': async (t) => {
    const whole = valid(t, 'types')
    for (const name of Object.keys(whole)) {
      const { [name]: _, ...rest } = whole
      await t.browser().post('/sign-up/email', rest)
      for (const value of [null, 7, true, [], {}, '']) await t.browser().post('/sign-up/email', { ...whole, [name]: value })
    }
    await t.browser().post('/sign-up/email', {})
    for (const [name, values] of Object.entries({ image: [null, 7, ''], callbackURL: [null, 7, ''], rememberMe: [null, 'false', 0] })) {
      for (const value of values) await t.browser().post('/sign-up/email', { ...valid(t, `${name}${value}`), [name]: value })
    }
  },

  'unusable bodies': async (t) => {
    const json = { 'content-type': 'application/json' }
    for (const body of ['', ' ', 'null', '[]', '"text"', '7', '{', '{"email":', '{}x', 'undefined']) {
      await t.browser().send({ method: 'POST', path: '/sign-up/email', headers: json, body, label: `sign-up with body ${JSON.stringify(body)}` })
    }
    await t.browser().send({ method: 'POST', path: '/sign-up/email', label: 'sign-up without a body' })
    await t.browser().send({ method: 'POST', path: '/sign-up/email', headers: json, label: 'sign-up without a body, JSON type' })
  },

  'content types': async (t) => {
    const types = ['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/vnd.api+json', 'text/plain', 'text/json', 'application/xml',
      'multipart/form-data; boundary=x', 'application/octet-stream', '', undefined]
    for (const [i, type] of types.entries()) {
      await t.browser().send({
        method: 'POST', path: '/sign-up/email', headers: { 'content-type': type }, body: JSON.stringify(valid(t, `type${i}`)), label: `sign-up as ${type}`,
      })
    }
  },

  'form-encoded bodies': async (t) => {
    await t.browser().form('/sign-up/email', valid(t, 'form'))
    await t.browser().form('/sign-up/email', valid(t, 'form2', { rememberMe: 'false' }))
    await t.browser().form('/sign-up/email', { name: 'x' })
    await t.browser().send({
      method: 'POST', path: '/sign-up/email', headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'name=a&name=b&email=&password=12345678', label: 'sign-up with a repeated form field',
    })
  },

  'callback URLs': async (t) => {
    const urls = ['/ok', '/ok?x=1#y', 'https://trusted.example.com/a', 'https://evil.example.net', '//evil.example.net', '/\\evil.example.net', 'javascript:alert(1)', 'https://sub.wild.example.com/', 'myapp://open', 'http://trusted.example.com']
    for (const [i, callbackURL] of urls.entries()) await t.browser().post('/sign-up/email', valid(t, `cb${i}`, { callbackURL }))
    await t.browser().post(`/sign-up/email?callbackURL=${encodeURIComponent('https://evil.example.net')}`, valid(t, 'query'))
  },

  'unknown and protected members are ignored': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', valid(t, 'extra', { id: 'mine', emailVerified: true, createdAt: '2001-01-01T00:00:00.000Z', whatever: { a: 1 } }))
    await browser.get('/get-session')
  },

  'text is kept as it is': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', valid(t, 'text', { name: '  <b>Zoë & "Jo" \u2028 😀\u007f</b> ' }))
    await browser.get('/get-session')
  },
}
