// A certified OpenID provider on loopback, the npm package oidc-provider with its own login and consent pages. It is
// there twice: with discovery, and behind the paths and with the claims of Microsoft Entra ID.
//
//   node openid-provider.mjs URL...      starts one for these redirect URIs and prints its address
import { randomBytes } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import express from 'express'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import { openid } from '../configs.mjs'
import { freePort } from './lib/launch.mjs'
import { CLIENT } from './oauth-server.mjs'

/** The tenant of the Microsoft provider. */
export const TENANT = openid.options.socialProviders.microsoft.tenantId

/**
 * Starts the providers for an application at these addresses; `farewell` is where a sign-out ends. `origin` is where they listen: on localhost, which is another site than 127.0.0.1.
 * `redeemed` are the codes that were traded for tokens, or that somebody tried to trade.
 */
export async function startOpenIDProvider(redirectURIs, farewell) {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const configuration = await shared(redirectURIs, farewell)
  const provider = new Provider(origin, configuration)
  const entra = new Provider(`${origin}/${TENANT}/v2.0`, likeEntra(configuration))
  const started = { origin, redeemed: [] }
  for (const one of [provider, entra]) {
    for (const event of ['grant.success', 'grant.error']) one.on(event, ({ oidc }) => started.redeemed.push(oidc.params.code))
  }
  const app = express().use(`/${TENANT}`, entra.callback()).use(provider.callback())
  const server = app.listen(port, '127.0.0.1')
  started.stop = () => { server.close(); server.closeAllConnections() }
  return started
}

async function shared(redirectURIs, farewell) {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return {
    clients: [{
      client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: redirectURIs, post_logout_redirect_uris: farewell ? [farewell] : [], grant_types: ['authorization_code', 'refresh_token'],
    }],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'e2e', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    rotateRefreshToken: true, // a refresh token works once
    findAccount: (ctx, name) => ({ accountId: name, claims: () => claimsOf(name) }),
  }
}

const likeEntra = (configuration) => ({
  ...configuration,
  claims: { ...configuration.claims, openid: ['sub', 'oid', 'tid'] },
  scopes: ['openid', 'offline_access', 'User.Read'],
  conformIdTokenClaims: false, // the ID token has them all
  cookies: { ...configuration.cookies, names: { session: '_entra', interaction: '_entra_interaction', resume: '_entra_resume' } },
  routes: { authorization: '/oauth2/v2.0/authorize', token: '/oauth2/v2.0/token', jwks: '/discovery/v2.0/keys' },
})

/** Whoever signs in has an address that the provider vouches for. */
const claimsOf = (name) => ({
  sub: name, oid: `oid-of-${name}`, tid: TENANT, name, email: `${name}@example.com`, email_verified: true,
})

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { origin } = await startOpenIDProvider(process.argv.slice(2))
  console.log(origin)
}
