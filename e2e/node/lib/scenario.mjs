// What a scenario works with: browsers, plain callers, the npm client, a mailbox
// and the transcript that every exchange is written to.
import { existsSync, readFileSync } from 'node:fs'
import { createAuthClient } from 'better-auth/client'
import { exchange, Jar } from './http.mjs'
import { Normaliser } from './normalise.mjs'
import { Secrets } from './secrets.mjs'

export const PASSWORD = 'correct horse battery'
export const BASE_PATH = '/api/auth'

// Sent, but not compared: the label of the step says what they hold.
const CREDENTIALS = new Set(['authorization', 'cookie'])

export class Scenario {
  steps = []
  #taken = new Set()

  constructor({ name, origin, secret, mailbox, oauth, pwned, restart, run }) {
    Object.assign(this, { name, origin, mailbox, oauth, pwned, restart, run })
    this.secrets = new Secrets()
    this.normaliser = new Normaliser({ origin, secret })
    this.ip = [10, hash(run), hash(name), hash(name) >>> 8].map((n, i) => (i ? 100 + (n % 100) : n)).join('.')
    this.mask(this.ip, 'ip')
    if (oauth) for (const form of [oauth.origin, encodeURIComponent(oauth.origin)]) this.mask(form, 'oauth')
  }

  /** An address of this run and scenario; the transcript shows `<name>@…`. */
  email(name) {
    const address = `${name.toLowerCase()}.${this.run}.${hash(this.name).toString(36)}@example.com`
    for (const form of [address, encodeURIComponent(address)]) this.normaliser.literal(form, `<${name}@>`)
    return address
  }

  /** A username of this run: lower-case letters, digits and underscores. */
  username(name) {
    const text = `${name}_${this.run}_${hash(this.name).toString(36)}`.slice(0, 30)
    this.normaliser.literal(text, `<${name}_>`)
    return text
  }

  /** Hides a value the scenario knows to be random. */
  mask(value, name) {
    this.normaliser.literal(value, `<${name}>`)
    return value
  }

  /** A page of the application itself: cookies, Origin and fetch metadata. */
  browser(jar = new Jar()) {
    return new Caller(this, jar, {
      origin: this.origin,
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
      'user-agent': 'e2e-browser',
    })
  }

  /** A caller that adds nothing: no Origin, no metadata, an optional jar. */
  curl(jar = new Jar()) {
    return new Caller(this, jar, { 'user-agent': 'e2e-curl' })
  }

  /** Signs a new user up and answers the browser that did it. */
  async signedUp(name, more = {}) {
    const browser = this.browser()
    const answer = await browser.post('/sign-up/email', { name, email: this.email(name), password: PASSWORD, ...more })
    browser.user = answer.json?.user
    return browser
  }

  /** The unmodified npm client on top of a browser. */
  client(browser, plugins = []) {
    const client = createAuthClient({
      baseURL: this.origin,
      plugins,
      fetchOptions: { customFetchImpl: (url, init) => browser.fetch(url, init) },
    })
    return client
  }

  /** Runs one client call and notes what the application gets to see. */
  async call(label, promise) {
    const { data, error } = await promise
    this.steps.push({ step: `client ${label}`, data: this.normaliser.value(data), error: this.normaliser.value(error) })
    return { data, error }
  }

  /** Notes an observation of the scenario's own. */
  note(label, value) {
    this.steps.push({ step: `note ${label}`, value: this.normaliser.value(value) })
  }

  /** The oldest mail of this type and address that was not taken yet. */
  async mail(type, to) {
    for (let i = 0; i < 200; i++) {
      const mail = this.#mails().find((m) => m.type === type && m.to === to && !this.#taken.has(m.line))
      if (mail) {
        this.#taken.add(mail.line)
        const { line, ...content } = mail
        this.secrets.body(content)
        this.steps.push({ step: `mail ${type}`, mail: this.normaliser.value(content) })
        return content
      }
      await sleep(50)
    }
    this.steps.push({ step: `mail ${type}`, mail: 'none arrived' })
    throw new Error(`no ${type} mail for ${to}`)
  }

  /** Notes which mails to an address were not taken; usually none. */
  async mailsLeft(to) {
    await sleep(200)
    const left = this.#mails().filter((m) => m.to === to && !this.#taken.has(m.line)).map((m) => m.type)
    this.note(`mails left for ${to}`.replace(to, this.normaliser.text(to)), left)
  }

  #mails() {
    if (!this.mailbox || !existsSync(this.mailbox)) return []
    return readFileSync(this.mailbox, 'utf8').split('\n').slice(0, -1)
      .map((text, line) => ({ ...JSON.parse(text), line }))
  }
}

class Caller {
  constructor(scenario, jar, headers) {
    Object.assign(this, { scenario, jar, headers })
  }

  get(path, options = {}) {
    return this.send({ method: 'GET', path, ...options })
  }

  post(path, json, options = {}) {
    return this.send({ method: 'POST', path, json, ...options })
  }

  form(path, fields, options = {}) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...options.headers }
    return this.send({ method: 'POST', path, ...options, headers, body: new URLSearchParams(fields).toString() })
  }

  /** Follows a link out of a mail, as a top-level navigation does: no Origin. */
  open(url) {
    const { pathname, search } = new URL(url, this.scenario.origin)
    const headers = { origin: undefined, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    return this.send({ method: 'GET', path: pathname + search, root: true, headers })
  }

  async send({ method, path, json, body, headers = {}, root = false, quiet = false, label }) {
    const { scenario } = this
    const sent = { ...this.headers, 'x-forwarded-for': scenario.ip }
    if (json !== undefined) {
      sent['content-type'] = 'application/json'
      body = JSON.stringify(json)
    }
    const cookie = this.jar.header()
    if (cookie) sent.cookie = cookie
    Object.assign(sent, headers)
    for (const [name, value] of Object.entries(sent)) if (value === undefined) delete sent[name]

    const target = root ? path : BASE_PATH + path
    const answer = await exchange({ origin: scenario.origin, method, path: target, headers: sent, body })
    this.jar.accept(answer.setCookie)
    this.#collect(target, json, answer)
    if (!quiet) this.#record(label ?? `${method} ${target}`, json ?? body, headers, answer)
    return answer
  }

  #collect(target, json, answer) {
    const { secrets } = this.scenario
    secrets.address(target)
    secrets.body(json)
    secrets.body(answer.json)
    for (const line of answer.setCookie) secrets.cookie(line)
    secrets.redirect(answer.headers.location ?? '')
  }

  #record(label, request, headers, answer) {
    const { normaliser, steps } = this.scenario
    const step = { step: normaliser.text(label) }
    if (request !== undefined) step.request = normaliser.value(request)
    const given = Object.entries(headers).filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, CREDENTIALS.has(name) ? '<credentials>' : value])
    if (given.length) step.requestHeaders = normaliser.value(Object.fromEntries(given))
    step.response = normaliser.response(answer)
    steps.push(step)
  }

  /** A fetch for the npm client. */
  async fetch(url, init = {}) {
    const { pathname, search } = new URL(String(url))
    const headers = Object.fromEntries(new Headers(init.headers))
    const answer = await this.send({
      method: (init.method ?? 'GET').toUpperCase(),
      path: pathname + search,
      root: true,
      body: init.body ?? undefined,
      headers,
    })
    const reply = new Headers()
    for (const [name, value] of Object.entries(answer.headers)) {
      for (const one of [value].flat()) reply.append(name, one)
    }
    return new Response(answer.status === 204 ? null : answer.text, { status: answer.status, headers: reply })
  }
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Signed cookie with one character of its value changed. */
export function tampered(value) {
  return (value[0] === 'A' ? 'B' : 'A') + value.slice(1)
}

function hash(text) {
  let h = 2166136261
  for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0
  return h
}

// Scenario files live outside the package, so they reach the npm client here.
export { twoFactorClient, usernameClient } from 'better-auth/client/plugins'
export { leaveTime, parseURI, totp, unusedTotp, wrongTotp } from './totp.mjs'
