// Turns one run's random values into names that are the same in every run, and
// nothing else: literals, null versus absent, attribute order and the equality
// of two random values (`<token:1>` here and `<token:1>` there) all survive.
import { createHmac } from 'node:crypto'
import { parseSetCookie } from './http.mjs'

// Transport details that differ between servers without meaning anything.
const IGNORED_HEADERS = new Set([
  'connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding',
])

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const JWE = /eyJ[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+/g
const JWT = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g
// Members that hold an id; a counted one depends on what else the server has done.
const ID_KEYS = new Set(['id', 'userId', 'accountId', 'inviter'])
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g
const BACKUP_CODE_KEYS = new Set(['backupCodes', 'code'])
const HEX_ENVELOPE = /\b[0-9a-f]{96,}\b/g

export class Normaliser {
  #names = new Map()
  #counts = new Map()
  #literals = []

  constructor({ origin, secret }) {
    this.secret = secret
    this.literal(origin, '<origin>')
    this.literal(encodeURIComponent(origin), '<origin:encoded>')
    this.literal(new URL(origin).host, '<host>')
  }

  /** Replaces every occurrence of a known text, longest first. */
  literal(text, name) {
    if (this.#literals.some(([known]) => known === text)) return
    this.#literals.push([text, name])
    this.#literals.sort((a, b) => b[0].length - a[0].length)
  }

  response(answer) {
    const headers = {}
    for (const [name, value] of Object.entries(answer.headers).sort()) {
      if (IGNORED_HEADERS.has(name) || name === 'set-cookie') continue
      headers[name] = name === 'x-retry-after' ? retryAfter(value) : this.text(value)
    }
    const out = { status: answer.status, headers }
    if (answer.setCookie.length) out.setCookie = effective(answer.setCookie).map((line) => this.cookie(line))
    out.body = this.#body(answer)
    return out
  }

  #body(answer) {
    if (answer.text === '') return '<empty>'
    const type = answer.headers['content-type'] ?? ''
    if (type.startsWith('text/html')) return '<html>'
    const json = answer.json
    return json === undefined ? { text: this.text(answer.text) } : this.value(json)
  }

  /** Any JSON value, with its keys sorted: member order is not compared. */
  value(value, key = '') {
    if (typeof value === 'string') return this.text(value, key)
    if (Array.isArray(value)) return byAge(value).map((item) => this.value(item, key))
    if (value instanceof Date) return '<date object>'
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.keys(value).sort().map((k) => [k, this.value(value[k], k)]))
    }
    if ((key === 'iat' || key === 'exp') && value > 1.6e9) return '<seconds>'
    return isMilliseconds(value) ? '<milliseconds>' : value
  }

  text(text, key = '') {
    if (DATE.test(text)) return '<date>'
    if (ID_KEYS.has(key) && /^[1-9]\d*$/.test(text)) return '<counted>'
    if (BACKUP_CODE_KEYS.has(key) && /^[A-Za-z0-9]{5}-[A-Za-z0-9]+$/.test(text)) return `<backup code ${text.replace(/\w/g, 'x')}>`
    if (key === 'nonce') return this.name('nonce', text)
    if (key === 'otp' && /^\d+$/.test(text)) return `<${text.length} digits>`
    text = text.replace(/([\w-]+)\.([A-Za-z0-9+/]{43}=)/g, (whole, value) => `${value}.<hmac>${this.#signature(whole, value.length)}`)
    for (const [literal, name] of this.#literals) text = text.replaceAll(literal, name)
    return text
      .replace(/\b(state|nonce|code_challenge)=([\w-]{32}(?:[\w-]{11})?)(?![\w-])/g, (_, name, random) => `${name}=${this.name(name, random)}`)
      .replace(JWE, '<jwe>')
      .replace(JWT, (token) => this.#jwt(token))
      .replace(HEX_ENVELOPE, '<ciphertext>')
      .replace(UUID, (random) => this.name('uuid', random))
      .replace(/(2fa-|trust-device-)([\w-]{20,32})/g, (_, prefix, random) => prefix + this.name('random', random))
      .replace(/secret=([A-Z2-7]{52})\b/g, (_, secret) => `secret=${this.name('base32', secret)}`)
      .replace(/(?<![\w<-])(?:[A-Za-z0-9]{32}|[A-Za-z0-9]{24})(?![\w-])/g, (random) => this.name(`r${random.length}`, random))
  }

  /** The same value gets the same name as long as this normaliser lives. */
  name(kind, value) {
    const known = this.#names.get(value)
    if (known) return known
    const number = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, number)
    const name = `<${kind}:${number}>`
    this.#names.set(value, name)
    return name
  }

  /** `name=<what it holds>; Attribute=…` with every attribute in its place. */
  cookie(line) {
    const { name, value, attributes } = parseSetCookie(line)
    const shown = attributes.map(([key, text]) => {
      if (text === null) return key
      return `${key}=${key.toLowerCase() === 'expires' ? '<date>' : this.text(text)}`
    })
    const chunk = /\.session_data\.\d+$/.test(name) && value !== ''
    return [`${this.text(name)}=${chunk ? `<${value.length} bytes>` : this.#cookieValue(value, name)}`, ...shown].join('; ')
  }

  #cookieValue(encoded, name) {
    if (encoded === '') return ''
    const value = decodeURIComponent(encoded)
    const escapes = encodeURIComponent(value) === encoded ? '' : ' (unusual escapes)'
    const at = value.lastIndexOf('.')
    const signed = at > 0 && /^[A-Za-z0-9+/]{43}=$/.test(value.slice(at + 1))
    const state = name.endsWith('.state')
    if (signed) return `signed(${state ? this.name('state', value.slice(0, at)) : this.#payload(value.slice(0, at))})${this.#signature(value, at)}${escapes}`
    return (this.#cache(value) ?? this.#payload(value)) + escapes
  }

  #signature(value, at) {
    const expected = createHmac('sha256', this.secret).update(value.slice(0, at)).digest('base64')
    return expected === value.slice(at + 1) ? '' : ' BAD SIGNATURE'
  }

  #jwtSignature(token) {
    const at = token.lastIndexOf('.')
    const expected = createHmac('sha256', this.secret).update(token.slice(0, at)).digest('base64url')
    return expected === token.slice(at + 1) ? '' : ' BAD SIGNATURE'
  }

  #payload(text) {
    const trust = /^([\w-]{43})!(trust-device-[\w-]{32})$/.exec(text)
    return trust ? `<hmac>!${this.text(trust[2])}` : this.text(text)
  }

  /** The compact cookie cache, opened. */
  #cache(value) {
    if (!/^eyJ[\w-]+$/.test(value)) return undefined
    try {
      const { session, expiresAt, signature } = JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))
      const expected = createHmac('sha256', this.secret)
        .update(JSON.stringify({ ...session, expiresAt })).digest('base64url')
      return `cache(${JSON.stringify(this.value(session))})${expected === signature ? '' : ' BAD SIGNATURE'}`
    } catch {
      return undefined
    }
  }

  #jwt(token) {
    const [header, payload] = token.split('.', 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')))
    const { iat, exp, ...claims } = payload
    const lifetime = iat && exp ? ` for ${exp - iat}s` : ''
    return `jwt(${JSON.stringify(header)} ${JSON.stringify(this.value(claims))}${lifetime})${this.#jwtSignature(token)}`
  }
}

// Seconds left of a window, so a slow machine sees fewer: rounded up to tens. On PostgreSQL upstream
// appends the window to the digits of the last request instead of adding it: no client can wait that long.
function retryAfter(text) {
  if (/^\d{12,}$/.test(text)) return 'up to 10'
  return /^[1-9]\d*$/.test(text) ? `up to ${Math.ceil(text / 10) * 10}` : text
}

/** A point in time as Date.now() counts it. */
function isMilliseconds(value) {
  return Number.isInteger(value) && value > 1.6e12 && value < 4.2e12
}

// Lists of rows come in whatever order the database likes; oldest first is a
// stable one.
function byAge(items) {
  if (!items.every((item) => item?.createdAt)) return items
  return [...items].sort((a, b) => new Date(a.createdAt) - new Date(b.createdAt))
}

// Upstream expires session_data before it sets or expires it again. A browser goes by the last line for
// a cookie (RFC 6265 section 5.3), so an expiry that is followed by another line means nothing.
function effective(lines) {
  const cookies = lines.map(parseSetCookie)
  return lines.filter((_, i) => cookies[i].value !== '' || !cookies.slice(i + 1).some(({ name }) => name === cookies[i].name))
}
