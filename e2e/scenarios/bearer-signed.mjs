import { signedBearers } from '../configs.mjs'
import { signedToken } from './bearer.mjs'

export const config = signedBearers

export const scenarios = {
  'a raw token is not enough': async (t) => {
    const browser = await t.signedUp('ada')
    const signed = signedToken(browser)
    await t.curl().get('/get-session', { headers: { authorization: `Bearer ${signed}` } })
    await t.curl().get('/get-session', { headers: { authorization: `Bearer ${signed.split('.')[0]}` } })
    await browser.get('/get-session', { headers: { authorization: `Bearer ${signed.split('.')[0]}` } })
  },
}
