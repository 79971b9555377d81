import { hostsShared } from '../configs.mjs'
import { PASSWORD } from '../node/lib/scenario.mjs'
import { at } from '../node/lib/hosts.mjs'

export const config = hostsShared

/** What a proxy in front says. */
const via = (host, protocol) => ({ 'x-forwarded-host': host, 'x-forwarded-proto': protocol })

export const scenarios = {
  'cookies follow the request': async (t) => {
    for (const [i, [host, protocol]] of [
      ['shop.example', 'https'], ['a.shop.example', 'https'], ['a.shop.example', 'http'], ['localhost:3000', 'http'], ['localhost:3000', undefined],
    ].entries()) {
      const headers = protocol ? via(host, protocol) : {}
      const ada = at(t, protocol ? '10.0.0.1:8080' : host, undefined, protocol ?? 'http')
      ada.headers.origin = `${protocol ?? 'http'}://${host}`
      await ada.post('/sign-up/email', { name: 'Ada', email: t.email(`ada${i}`), password: PASSWORD }, { headers })
      await ada.get('/get-session', { headers })
      await ada.get('/get-session', { headers: via(host, protocol === 'https' ? 'http' : 'https') })
      await ada.post('/sign-out', {}, { headers })
    }
  },
}
