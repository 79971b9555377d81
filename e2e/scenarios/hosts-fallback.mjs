import { hostsFallback } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'
import { at, linksAt } from '../node/lib/hosts.mjs'

export const config = hostsFallback

export const scenarios = {
  'other hosts are the fallback': async (t) => {
    await at(t, 'shop.example').post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    await linksAt(t, ['shop.example', 'a.shop.example', 'evil.example', 'shop.example:8080', 'shop.example.', '[::1]'])
    await at(t, 'evil.example').get('/ok')
  },

  'what a proxy says': async (t) => {
    await at(t, 'shop.example').post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    for (const forwarded of [
      'shop.example', 'a.shop.example', 'evil.example', 'shop.example, evil.example', 'shop.example:443', 'user@shop.example', 'shop.example/evil', '',
      '<script>', 'javascript:alert(1)', ['a.shop.example', 'b.shop.example'],
    ]) await linksAt(t, ['shop.example', 'inside.internal'], { 'x-forwarded-host': forwarded })
    await linksAt(t, ['shop.example'], { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'a.shop.example' })
  },

  'links that are opened at another host': async (t) => {
    const ada = at(t, 'a.shop.example')
    await ada.post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    await ada.post('/request-password-reset', { email: t.email('ada'), redirectTo: '/new-password' })
    const { token } = await t.mail('reset-password', t.email('ada'))
    for (const host of ['shop.example', 'a.shop.example', 'evil.example']) {
      await at(t, host).get(`/reset-password/${token}?callbackURL=%2Fnew-password`)
      await at(t, host).get('/reset-password/unknown?callbackURL=https%3A%2F%2Fmain.example%2Fx')
      await at(t, host).get(`/reset-password/${token}`)
    }
    await at(t, 'shop.example').post('/reset-password', { token, newPassword: 'another password' })
  },

  'an account is deleted by a link': async (t) => {
    const ada = at(t, 'shop.example')
    await ada.post('/sign-up/email', { name: 'Ada', email: t.email('ada'), password: PASSWORD })
    await ada.post('/delete-user', { callbackURL: 'https://a.shop.example/gone' })
    const { token } = await t.mail('delete-verification', t.email('ada'))
    await ada.get(`/delete-user/callback?token=${token}&callbackURL=https%3A%2F%2Fa.shop.example%2Fgone`)
    await ada.get('/get-session')
  },

  'pages that may call': async (t) => {
    const body = { email: t.email('nobody'), password: PASSWORD }
    for (const origin of ['https://shop.example', 'http://shop.example', 'https://a.shop.example', 'https://main.example', 'http://main.example', 'https://evil.example']) {
      await at(t, 'shop.example').post('/sign-in/email', body, { headers: { origin } })
    }
  },
}
