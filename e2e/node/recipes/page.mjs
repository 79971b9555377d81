// What every recipe's server does with a page: at the edge it looks for the cookie, on the server it asks the auth
// server whose session it is.
import { createAuthClient } from 'better-auth/client'
import { getSessionCookie } from 'better-auth/cookies'

export async function page(headers, server) {
  if (!getSessionCookie(new Headers({ cookie: headers.get('cookie') ?? '' }))) return html('signed out')
  const { data } = await createAuthClient({ baseURL: server }).getSession({ fetchOptions: { headers: { cookie: headers.get('cookie') } } })
  return html(data ? `hello ${data.user.name}` : 'session has ended')
}

const html = (text) => `<!doctype html><title>recipe</title><p>${text}</p>`
