import { limitedInDatabase } from '../configs.mjs'

export const config = limitedInDatabase

const times = async (n, f) => { for (let i = 0; i < n; i++) await f(i) }
const seconds = (n) => new Promise((resolve) => setTimeout(resolve, n * 1000))

export const scenarios = {
  'a window passes': async (t) => {
    await times(5, () => t.curl().get('/ok'))
    await seconds(2.1)
    await times(4, () => t.curl().get('/ok'))
  },
  'a special rule': (t) => times(5, () => t.curl().post('/sign-in/email', {})),
  'addresses are told apart': async (t) => {
    await times(4, () => t.curl().get('/get-session'))
    await t.curl().get('/get-session', { headers: { 'x-forwarded-for': '203.0.113.78' } })
  },
  'a path without a limit': (t) => times(5, () => t.curl().get('/list-accounts')),
}
