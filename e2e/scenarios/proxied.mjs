import { proxied } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = proxied

export const scenarios = {
  'which address is stored': async (t) => {
    const cases = {
      single: { 'x-forwarded-for': '203.0.113.9' },
      chain: { 'x-forwarded-for': '198.51.100.1, 203.0.113.9, 10.1.2.3, 192.0.2.7' },
      onlyproxies: { 'x-forwarded-for': '10.1.2.3, 192.0.2.7' },
      junk: { 'x-forwarded-for': '203.0.113.9, junk, 10.1.2.3' },
      own: { 'x-client-ip': '203.0.113.10', 'x-forwarded-for': '203.0.113.9' },
      ownjunk: { 'x-client-ip': 'junk', 'x-forwarded-for': '203.0.113.9' },
      six: { 'x-forwarded-for': '2001:db8::1' },
      mapped: { 'x-forwarded-for': '::ffff:203.0.113.9' },
      port: { 'x-forwarded-for': '203.0.113.9:4711' },
      none: { 'x-forwarded-for': undefined },
    }
    for (const [name, headers] of Object.entries(cases)) {
      const browser = t.browser()
      await browser.post('/sign-up/email', { name, email: t.email(name), password: PASSWORD }, { headers, quiet: true })
      const { json } = await browser.get('/get-session', { headers, quiet: true })
      t.note(`address of ${name}`, json.session.ipAddress)
    }
  },

  'without CSRF checks': async (t) => {
    const { jar } = await t.signedUp('ada')
    const headers = { origin: 'https://evil.example.net' }
    await t.curl(jar).post('/update-user', { name: 'x' }, { headers })
    await t.curl(jar).post('/update-user', { name: 'y' })
    await t.curl().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD }, { headers: { ...headers, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } })
    await t.curl().post('/sign-in/email', { email: t.email('ada'), password: PASSWORD, callbackURL: 'https://evil.example.net' })
  },
}
