import { production } from '../configs.mjs'

export const config = production

export const scenarios = {
  'the error page redirects': async (t) => {
    for (const path of ['/error', '/error?error=state_not_found', '/error?error=%3Cscript%3E', '/error?error=x&error_description=some%20text', '/error?error=&x=1']) await t.curl().get(path)
  },

  'cookies follow the scheme, not the mode': async (t) => {
    await t.signedUp('ada')
  },
}
