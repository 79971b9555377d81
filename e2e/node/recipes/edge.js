import { getCookieCache, getSessionCookie } from 'better-auth/cookies'

export async function mayEnter(headers) {
  const { BETTER_AUTH_SECRET: secret, BETTER_AUTH_URL: url } = process.env
  const copy = await getCookieCache(headers, { secret, version: '1', isSecure: url.startsWith('https:') })
  return Boolean(copy ?? getSessionCookie(headers))
}
