// What a server must never write to its log: every password, token, code and
// signed cookie that went over the wire, in either direction or by mail.
import { parseSetCookie } from './http.mjs'

const MEMBERS = /^(password|currentPassword|newPassword|token|accessToken|refreshToken|idToken|code|otp|backupCode|secret|totpURI|url|callbackURL)$/
const LISTS = new Set(['backupCodes'])
const SHORTEST = { token: 16, code: 6, otp: 6 } // below this a text means nothing, like "x" or "unknown"

export class Secrets {
  #texts = new Set()
  #sessions = new Set()
  /** Addresses a server sent a browser to with the token of a session in them. */
  leaks = []

  /** Takes the secrets out of a body: any JSON value. */
  body(value) {
    if (Array.isArray(value)) return value.forEach((item) => this.body(item))
    if (value === null || typeof value !== 'object') return
    for (const [key, member] of Object.entries(value)) {
      if (LISTS.has(key) && Array.isArray(member)) for (const code of member) this.#add(code)
      else if (typeof member === 'string' && MEMBERS.test(key)) this.#member(key, member)
      else this.body(member)
    }
  }

  /** Takes the secrets out of a path with a query, or of a whole address. */
  address(text) {
    if (!URL.canParse(text, 'http://x')) return
    const { pathname, searchParams } = new URL(text, 'http://x')
    for (const name of ['token', 'code', 'secret']) if ((searchParams.get(name)?.length ?? 0) >= 16) this.#add(searchParams.get(name))
    const link = /\/reset-password\/([^/]{16,})$/.exec(pathname)
    if (link) this.#add(link[1])
  }

  /** Takes the value of a Set-Cookie line, and a token it carries, without its signature. */
  cookie(line) {
    const { name, value } = parseSetCookie(line)
    if (value.length < 16) return
    const text = decodeURIComponent(value)
    if (name.endsWith('session_token')) this.#sessions.add(text.slice(0, text.lastIndexOf('.')))
    for (const form of [value, text, text.slice(0, text.lastIndexOf('.'))]) if (form.length >= 16) this.#add(form)
  }

  /** Looks for sessions in the address of a redirect. */
  redirect(location) {
    if ([...this.#sessions].some((token) => location.includes(token))) this.leaks.push(location)
  }

  /** The secrets that a log holds; digits only count where they stand alone. */
  foundIn(log) {
    return [...this.#texts].filter((text) => (/^\d+$/.test(text) ? new RegExp(`(?<![\\w.-])${text}(?![\\w.-])`).test(log) : log.includes(text)))
  }

  get size() {
    return this.#texts.size
  }

  #member(key, text) {
    if (key === 'url' || key === 'callbackURL' || key === 'totpURI') this.address(text)
    else if (text.length >= (SHORTEST[key] ?? 8) && !/^[A-Z_]+$/.test(text)) this.#add(text) // INVALID_CODE is an error's code
  }

  #add(text) {
    if (typeof text === 'string' && text) this.#texts.add(text)
  }
}
