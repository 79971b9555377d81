import { usernames } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = usernames

const user = (t, name, more) => ({ name, email: t.email(name), password: PASSWORD, ...more })

export const scenarios = {
  'sign-up and sign-in': async (t) => {
    const name = t.username('ada')
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada', { username: name }))
    await browser.get('/get-session')
    const upper = t.mask(name.toUpperCase(), 'ADA_')
    for (const body of [
      { username: name, password: PASSWORD }, { username: upper, password: PASSWORD }, { username: name, password: PASSWORD, rememberMe: false }, { username: name, password: PASSWORD, callbackURL: '/inside' },
      { username: name, password: PASSWORD, callbackURL: 'https://evil.example.net' }, { username: name, password: 'not the password' }, { username: t.username('nobody'), password: PASSWORD },
      { username: '', password: PASSWORD }, { username: name, password: '' }, { username: 'ab', password: PASSWORD }, { username: 'x'.repeat(31), password: PASSWORD }, { username: 'a b c', password: PASSWORD }, { username: 'a-b-c', password: PASSWORD },
      { username: name }, { password: PASSWORD }, {}, { username: 7, password: 7 }, null,
    ]) await t.browser().post('/sign-in/username', body)
    await t.browser().send({ method: 'POST', path: '/sign-in/username', label: 'sign-in/username without a body' })
    await t.browser().form('/sign-in/username', { username: name, password: PASSWORD })
  },

  'display names': async (t) => {
    await t.browser().post('/sign-up/email', user(t, 'both', { username: t.username('both'), displayUsername: 'The Both' }))
    await t.browser().post('/sign-up/email', user(t, 'display', { displayUsername: t.username('display') }))
    await t.browser().post('/sign-up/email', user(t, 'spaced', { displayUsername: 'Not a username' }))
    await t.browser().post('/sign-up/email', user(t, 'none'))
    await t.browser().post('/sign-up/email', user(t, 'mixed', { username: t.mask(`Mixed_${t.username('mixed')}`.slice(0, 30), 'Mixed') }))
  },

  'refused at sign-up': async (t) => {
    const name = t.username('ada')
    await t.browser().post('/sign-up/email', user(t, 'ada', { username: name }))
    await t.browser().post('/sign-up/email', user(t, 'two', { username: name }))
    await t.browser().post('/sign-up/email', user(t, 'three', { username: t.mask(name.toUpperCase(), 'ADA_') }))
    for (const [label, username] of Object.entries({ short: 'ab', long: 'x'.repeat(31), space: 'a b c', dash: 'a-b-c', empty: '', umlaut: 'zoë', number: 7, none: null })) {
      await t.browser().post('/sign-up/email', user(t, label, { username }))
    }
    await t.browser().post('/sign-up/email', { username: 'ab' })
    await t.browser().post('/sign-up/email', { username: name, email: 'plain' })
  },

  'update-user': async (t) => {
    const name = t.username('ada')
    await t.browser().post('/sign-up/email', user(t, 'eve', { username: t.username('eve') }))
    const browser = t.browser()
    await browser.post('/sign-up/email', user(t, 'ada', { username: name }))
    for (const body of [
      { username: name }, { username: t.username('other') }, { username: t.username('eve') }, { displayUsername: 'Shown Name' }, { username: 'ab' }, { username: '' }, { username: 'a b c' }, { username: null }, { username: 7 }, { displayUsername: null },
    ]) await browser.post('/update-user', body)
    await browser.get('/get-session')
    await t.browser().post('/update-user', { username: 'ab' })
    await t.browser().post('/update-user', { username: t.username('eve') })
    await t.browser().post('/update-user', { username: t.username('free') })
  },

  'is-username-available': async (t) => {
    const name = t.username('ada')
    await t.browser().post('/sign-up/email', user(t, 'ada', { username: name }))
    for (const username of [name, t.mask(name.toUpperCase(), 'ADA_'), t.username('free'), '', 'ab', 'x'.repeat(31), 'a b c', 7, null]) await t.browser().post('/is-username-available', { username })
    await t.browser().post('/is-username-available', {})
    await t.browser().send({ method: 'POST', path: '/is-username-available', label: 'is-username-available without a body' })
  },
}
