import { createAuthClient } from 'better-auth/client'

export async function sessionOf(cookie) {
  const client = createAuthClient({ baseURL: process.env.AUTH_SERVER })
  const { data } = await client.getSession({ fetchOptions: { headers: { cookie: cookie ?? '' } } })
  return data
}
