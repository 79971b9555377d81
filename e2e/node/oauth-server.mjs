// An OAuth 2 and OpenID Connect provider on loopback, for the scenarios: strict about what it is sent, and with
// people who are written down in the scenario.
//
//   node oauth-server.mjs      starts one and prints its address
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export const CLIENT = { clientId: 'e2e-client', clientSecret: 'e2e-client-secret' }

const KEY_ID = 'e2e'
const LIFETIME = 3600 // seconds, of access and ID tokens

/** Starts a provider; `origin` is where it listens. */
export async function startOAuthServer() {
  const provider = new OAuthServer(await generateKeyPair('RS256'))
  const server = createServer((request, response) => provider.serve(request, response))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  provider.origin = `http://127.0.0.1:${server.address().port}`
  provider.stop = () => new Promise((resolve) => server.close(resolve))
  return provider
}

class OAuthServer {
  #keys
  #codes = new Map()
  #access = new Map()
  #refresh = new Map()

  constructor(keys) {
    this.#keys = keys
  }

  /**
   * `person` agrees on the page an application sent the browser to. Answers the address of the callback, to which
   * `parameters` are added. A person is `{claims, scope?, expiresIn?, idToken?, fails?}`: claims are what /userinfo
   * tells, fails names an endpoint that refuses.
   */
  agree(page, person, parameters = {}) {
    const { origin, pathname, searchParams: given } = new URL(page)
    const problem = this.#problem(origin + pathname, given)
    if (problem) throw new Error(`the provider refuses ${page}: ${problem}`)
    const code = random()
    this.#codes.set(code, { person, given })
    return callback(given, { code, ...parameters })
  }

  /** Somebody refuses on the page an application sent the browser to. */
  refuse(page, error, description) {
    return callback(new URL(page).searchParams, { error, error_description: description })
  }

  /** An ID token, as a client on a phone gets one; `change` overrides claims, `key` signs it instead. */
  async idToken(person, change = {}, key = this.#keys.privateKey, header = { alg: 'RS256', kid: KEY_ID }) {
    const { id, ...claims } = person.claims
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ iss: this.origin, aud: CLIENT.clientId, iat: now, exp: now + LIFETIME, ...claims, ...change })
      .setProtectedHeader(header).sign(key)
  }

  #problem(endpoint, given) {
    if (endpoint !== `${this.origin}/authorize`) return 'another endpoint'
    for (const name of new Set(given.keys())) if (given.getAll(name).length > 1) return `${name} comes twice`
    const wanted = { response_type: 'code', client_id: CLIENT.clientId, code_challenge_method: 'S256' }
    for (const [name, value] of Object.entries(wanted)) if (given.get(name) !== value) return `${name} is ${given.get(name)}`
    if (!/^[\w-]{43}$/.test(given.get('code_challenge') ?? '')) return 'no code_challenge'
    return URL.canParse(given.get('redirect_uri') ?? '') ? '' : 'no redirect_uri'
  }

  async serve(request, response) {
    const { pathname } = new URL(request.url, this.origin)
    const body = new URLSearchParams(await textOf(request))
    const endpoints = {
      'GET /.well-known/openid-configuration': () => this.#metadata(),
      'GET /jwks': async () => ({ keys: [{ ...(await exportJWK(this.#keys.publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' }] }),
      'POST /token': () => this.#token(body),
      'GET /userinfo': () => this.#userinfo(request.headers.authorization),
    }
    const answer = await endpoints[`${request.method} ${pathname}`]?.() ?? { error: 'not_found' }
    response.writeHead(answer.error ? 400 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer))
  }

  #metadata() {
    return {
      issuer: this.origin,
      authorization_endpoint: `${this.origin}/authorize`,
      token_endpoint: `${this.origin}/token`,
      userinfo_endpoint: `${this.origin}/userinfo`,
      end_session_endpoint: `${this.origin}/logout`,
      jwks_uri: `${this.origin}/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
    }
  }

  #token(body) {
    if (body.get('client_id') !== CLIENT.clientId || body.get('client_secret') !== CLIENT.clientSecret) return { error: 'invalid_client' }
    const grants = { authorization_code: () => this.#redeem(body), refresh_token: () => this.#renew(body) }
    return grants[body.get('grant_type')]?.() ?? { error: 'unsupported_grant_type' }
  }

  async #redeem(body) {
    const grant = this.#codes.get(body.get('code'))
    this.#codes.delete(body.get('code'))
    if (!grant || grant.person.fails === 'token') return { error: 'invalid_grant' }
    if (body.get('redirect_uri') !== grant.given.get('redirect_uri')) return { error: 'invalid_grant' }
    if (sha256(body.get('code_verifier') ?? '') !== grant.given.get('code_challenge')) return { error: 'invalid_grant' }
    const tokens = this.#issue(grant.person)
    const scope = grant.person.scope ?? grant.given.get('scope')
    if (scope) tokens.scope = scope
    if (scope?.split(' ').includes('openid') && grant.person.idToken !== false) {
      const nonce = grant.given.get('nonce')
      tokens.id_token = await this.idToken(grant.person, { ...(nonce && { nonce }), ...grant.person.idToken })
    }
    return tokens
  }

  // A refresh token works once; a second use is a theft, which ends the grant.
  #renew(body) {
    const token = body.get('refresh_token')
    const person = this.#refresh.get(token)
    if (!person || person.fails === 'refresh') return { error: 'invalid_grant' }
    this.#refresh.delete(token)
    return this.#issue(person)
  }

  #issue(person) {
    const tokens = { token_type: 'Bearer', access_token: random(), refresh_token: random(), expires_in: person.expiresIn ?? LIFETIME }
    this.#access.set(tokens.access_token, person)
    this.#refresh.set(tokens.refresh_token, person)
    return tokens
  }

  #userinfo(authorization) {
    const person = this.#access.get((authorization ?? '').replace(/^Bearer /, ''))
    return !person || person.fails === 'userinfo' ? { error: 'invalid_token' } : person.claims
  }
}

function callback(given, parameters) {
  const url = new URL(given.get('redirect_uri'))
  url.searchParams.set('state', given.get('state'))
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

// 32 letters and digits, which transcripts show as <r32:N>.
const random = () => randomBytes(16).toString('hex')

const sha256 = (text) => createHash('sha256').update(text).digest('base64url')

async function textOf(request) {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { origin } = await startOAuthServer()
  console.log(origin)
}
