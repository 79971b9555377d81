import { fieldFunctionsSocial } from '../configs.mjs'
import { link, person, through, verified } from '../node/lib/social.mjs'

export const config = fieldFunctionsSocial

export const scenarios = {
  'a new user': async (t) => {
    for (const [name, claims] of Object.entries({
      ada: { code: 'abc', nickname: '  countess ', phone: '0123456' },
      bob: { code: 'too long' },
      cyd: {},
      dan: { code: '' },
      eve: { nickname: ' e ', changed: 'by hand' },
    })) {
      const browser = t.browser()
      await through(t, browser, 'mapped', person(t, name, claims))
      await browser.get('/get-session')
    }
  },

  'a profile that replaces the one before': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'mapped-overrides', person(t, 'ada', { code: 'abc' }))
    for (const claims of [{ code: 'xyz', name: 'Countess' }, { code: 'too long', name: 'Nobody' }, { nickname: ' ada ' }]) {
      await through(t, browser, 'mapped-overrides', person(t, 'ada', claims))
      await browser.get('/get-session')
    }
  },

  'a profile that is not copied': async (t) => {
    const browser = t.browser()
    await through(t, browser, 'mapped', person(t, 'ada', { code: 'abc' }))
    await through(t, browser, 'mapped', person(t, 'ada', { code: 'too long' }))
    await browser.get('/get-session')
  },

  'an account that is added': async (t) => {
    const browser = await verified(t, 'ada')
    await link(t, browser, 'mapped', person(t, 'ada', { code: 'too long', name: 'Countess' }))
    await browser.get('/get-session')
    await link(t, browser, 'mapped', person(t, 'ada', { code: 'xyz', nickname: ' c ', name: 'Countess' }))
    await browser.get('/get-session')
    await browser.get('/list-accounts')
  },

  'an account that is found by its address': async (t) => {
    await verified(t, 'ada')
    const browser = t.browser()
    await through(t, browser, 'mapped', person(t, 'ada', { code: 'too long', name: 'Countess' }))
    await browser.get('/get-session')
    await verified(t, 'bob')
    await through(t, browser, 'mapped-overrides', person(t, 'bob', { code: 'too long' }))
    await browser.get('/get-session')
  },
}
