// A bare HTTP/1.1 exchange. The global fetch adds headers of its own
// (sec-fetch-mode, accept-language) that the origin checks look at, so node:http
// is used and only what a scenario asks for is sent.
import http from 'node:http'

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })

export function exchange({ origin, method, path, headers = {}, body }) {
  const { hostname, port } = new URL(origin)
  const sent = { ...headers }
  if (body !== undefined) sent['content-length'] = Buffer.byteLength(body)
  else if (method === 'POST') sent['content-length'] = 0
  return new Promise((resolve, reject) => {
    const request = http.request({ agent, hostname, port, method, path, headers: sent, timeout: 60_000 }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => resolve(new Answer(response, Buffer.concat(chunks).toString('utf8'))))
    })
    request.on('timeout', () => request.destroy(new Error(`${method} ${path}: no answer`)))
    request.on('error', reject)
    request.end(body)
  })
}

class Answer {
  constructor(response, text) {
    this.status = response.statusCode
    this.headers = response.headers
    this.setCookie = response.headers['set-cookie'] ?? []
    this.text = text
  }

  /** The decoded body, or undefined when it is not JSON. */
  get json() {
    try {
      return JSON.parse(this.text)
    } catch {
      return undefined
    }
  }

  get location() {
    return this.headers.location
  }
}

/** A browser's cookie store for one origin: names, values and removal. */
export class Jar {
  #cookies = new Map()

  static from(values) {
    const jar = new Jar()
    for (const [name, value] of Object.entries(values)) jar.set(name, value)
    return jar
  }

  accept(setCookie) {
    for (const line of setCookie) {
      const { name, value, attributes } = parseSetCookie(line)
      const gone = attributes.some(([key, text]) => key.toLowerCase() === 'max-age' && Number(text) <= 0)
      if (gone) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }

  get(name) {
    return this.#cookies.get(name)
  }

  set(name, value) {
    this.#cookies.set(name, value)
  }

  delete(name) {
    this.#cookies.delete(name)
  }

  clone() {
    return Jar.from(this.values())
  }

  values() {
    return Object.fromEntries(this.#cookies)
  }

  header() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

export function parseSetCookie(line) {
  const [pair, ...rest] = line.split(/;\s*/)
  const at = pair.indexOf('=')
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    attributes: rest.map((part) => {
      const split = part.indexOf('=')
      return split < 0 ? [part, null] : [part.slice(0, split), part.slice(split + 1)]
    }),
  }
}
