import { core } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'

export const config = core

export const scenarios = {
  'ok': async (t) => {
    await t.curl().get('/ok')
    await t.curl().get('/ok?x=1')
  },

  'what is not routed': async (t) => {
    const caller = t.curl()
    for (const path of ['/nothing', '/', '', '/ok/', '//ok', '/OK', '/sign-in', '/sign-in/email/', '/sign-in//email', '/sign-up/email/x', '/reset-password', '/ok%2f', '/%6fk', '/../auth/ok', '/ok;x']) {
      await caller.get(path)
    }
    for (const path of ['/api', '/api/auth', '/api/auth?x=1', '/api/authok', '/api/AUTH/ok', '/', '//api/auth/ok']) await caller.send({ method: 'GET', path, root: true })
    await caller.post('/nothing', {})
  },

  'wrong methods': async (t) => {
    const caller = t.curl()
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']) await caller.send({ method, path: '/ok' })
    for (const method of ['GET', 'PUT', 'HEAD', 'OPTIONS']) await caller.send({ method, path: '/sign-in/email' })
    await caller.get('/sign-out')
    await caller.post('/list-sessions', {})
  },

  'a preflight gets no CORS answer': async (t) => {
    await t.curl().send({ method: 'OPTIONS', path: '/sign-in/email', headers: { origin: 'https://trusted.example.com', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } })
    await t.curl().get('/get-session', { headers: { origin: 'https://trusted.example.com' } })
  },

  'error page': async (t) => {
    for (const path of ['/error', '/error?error=state_not_found', '/error?error=ACCOUNT-1', '/error?error=%3Cscript%3E', '/error?error=a%20b', '/error?error=', '/error?error=x&error_description=some%20%3Cb%3Etext', "/error?error=it's"]) {
      const { text } = await t.curl().get(path)
      t.note(`page ${path}`, {
        showsCode: /UNKNOWN|Unknown|state_not_found|ACCOUNT-1|it&#39;s|it's/.exec(text)?.[0] ?? null,
        escaped: !text.includes('<script>') && !text.includes('<b>text'),
      })
    }
  },

  'server-only endpoints are unreachable': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/set-password', { newPassword: 'another password' })
    await browser.post('/setPassword', { newPassword: 'another password' })
  },

  'verify-password is reachable': async (t) => {
    const browser = await t.signedUp('ada')
    await browser.post('/verify-password', { password: PASSWORD })
    await browser.post('/verify-password', { password: 'not the password' })
    await browser.post('/verify-password', { password: '' })
    await browser.post('/verify-password', {})
  },

  'social sign-in with an unknown provider': async (t) => {
    await t.browser().post('/sign-in/social', { provider: 'github' })
    await t.browser().post('/sign-in/social', {})
    const browser = await t.signedUp('ada')
    await browser.post('/link-social', { provider: 'github', callbackURL: '/' })
    await t.browser().get('/callback/github?code=x&state=y')
  },
}
