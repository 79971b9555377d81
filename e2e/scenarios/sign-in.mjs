import { core } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = core

async function registered(t, name = 'ada') {
  await t.signedUp(name)
  return { email: t.email(name), password: PASSWORD }
}

export const scenarios = {
  'right and wrong credentials': async (t) => {
    const good = await registered(t)
    const browser = t.browser()
    await browser.post('/sign-in/email', good)
    await browser.get('/get-session')
    await t.browser().post('/sign-in/email', { ...good, password: 'not the password' })
    await t.browser().post('/sign-in/email', { ...good, password: '' })
    await t.browser().post('/sign-in/email', { ...good, email: t.email('nobody') })
    await t.browser().post('/sign-in/email', { ...good, email: t.mask(good.email.toUpperCase(), 'ADA@') })
  },

  'malformed input': async (t) => {
    const good = await registered(t)
    for (const email of ['plain', '', ' ', 'a@b', `${good.email} `]) await t.browser().post('/sign-in/email', { ...good, email })
    for (const body of [{}, { email: good.email }, { password: PASSWORD }, { email: 7, password: 7 }, { email: null, password: null }, [], null, 'x']) {
      await t.browser().post('/sign-in/email', body)
    }
    await t.browser().post('/sign-in/email', { ...good, rememberMe: 'false' })
    await t.browser().post('/sign-in/email', { ...good, callbackURL: 7 })
    await t.browser().send({ method: 'POST', path: '/sign-in/email', label: 'sign-in without a body' })
    await t.browser().send({ method: 'POST', path: '/sign-in/email', headers: { 'content-type': 'application/json' }, body: '', label: 'sign-in with empty JSON' })
    await t.browser().send({ method: 'POST', path: '/sign-in/email', headers: { 'content-type': 'text/plain' }, body: JSON.stringify(good) })
  },

  'rememberMe false and a second sign-in': async (t) => {
    const good = await registered(t)
    const browser = t.browser()
    await browser.post('/sign-in/email', { ...good, rememberMe: false })
    await browser.get('/get-session')
    await browser.post('/sign-in/email', good)
    await browser.post('/sign-in/email', { ...good, rememberMe: true })
    await browser.get('/list-sessions')
  },

  'callbackURL': async (t) => {
    const good = await registered(t)
    for (const callbackURL of ['/dashboard', '', 'https://trusted.example.com/x?y=1', 'https://evil.example.net/', '/a/%2f..%5cb', '/a b', '/ä']) {
      await t.browser().post('/sign-in/email', { ...good, callbackURL })
    }
  },

  'form-encoded': async (t) => {
    const good = await registered(t)
    await t.browser().form('/sign-in/email', good)
    await t.browser().form('/sign-in/email', { ...good, rememberMe: 'true' })
    await t.curl().form('/sign-in/email', good)
  },

  'sign-out': async (t) => {
    await registered(t)
    const browser = t.browser()
    await browser.post('/sign-in/email', { email: t.email('ada'), password: PASSWORD })
    const stolen = t.browser(browser.jar.clone())
    await browser.post('/sign-out', {})
    await browser.get('/get-session')
    await stolen.get('/get-session')
    await t.browser().post('/sign-out', {})
    await t.browser().send({ method: 'POST', path: '/sign-out', label: 'sign-out without a body' })
    await t.browser().post('/sign-out', { callbackURL: 7 })
    await t.browser().post('/sign-out', { callbackURL: '/bye' })
  },

  'sign-out of a browser session': async (t) => {
    const browser = t.browser()
    await browser.post('/sign-up/email', { name: 'x', email: t.email('x'), password: PASSWORD, rememberMe: false })
    await browser.post('/sign-out', {})
  },
}
