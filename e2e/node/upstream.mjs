// Builds a Better Auth instance from the harness's environment (see ../README.md).
import { appendFileSync, readFileSync } from 'node:fs'
import { betterAuth } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { bearer, genericOAuth, haveIBeenPwned, twoFactor, username } from 'better-auth/plugins'
import { PostgresDialect, SqliteDialect } from 'kysely'
import { createPool } from 'mysql2/promise'
import pg from 'pg'
import { redisStorage } from './lib/redis.mjs'

// libsql needs no compiler; SQLITE_DRIVER=better-sqlite3 picks upstream's usual
// driver, which has the same interface, where it is installed.
const { default: Database } = await import(process.env.SQLITE_DRIVER ?? 'libsql')

const PLUGINS = { bearer, 'have-i-been-pwned': haveIBeenPwned, 'two-factor': twoFactor, username }

export function readSettings(env = process.env) {
  return {
    config: env.E2E_CONFIG ? JSON.parse(atProvider(readFileSync(env.E2E_CONFIG, 'utf8'))) : { name: 'default' },
    baseURL: env.BETTER_AUTH_URL,
    port: Number(env.PORT ?? 3000),
    databaseURL: env.DATABASE_URL ?? 'file::memory:',
    mailbox: env.MAILBOX,
    secret: env.BETTER_AUTH_SECRET ?? 'e2e-secret-of-at-least-thirty-two-characters',
  }
}

/** Opens the database, runs the migrator and returns the instance. */
export async function startUpstream(settings) {
  const { config, port, baseURL = `http://127.0.0.1:${port}` } = settings
  const options = {
    baseURL,
    secret: settings.secret,
    logger: { disabled: !process.env.E2E_VERBOSE },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    ...structuredClone(config.options ?? {}),
  }
  const stored = options.database?.dialect !== 'none'
  options.database = stored ? openDatabase(settings.databaseURL, config.options?.database) : undefined
  if (options.secondaryStorage === 'redis') options.secondaryStorage = redisStorage(process.env.REDIS_URL)
  options.emailAndPassword = { enabled: true, ...options.emailAndPassword }
  const plugins = structuredClone(config.plugins ?? {})
  installCallbacks(config.callbacks ?? [], options, plugins, post(settings.mailbox))
  options.plugins = Object.entries(plugins).map(([id, pluginOptions]) => {
    if (!PLUGINS[id]) throw new Error(`upstream: unknown plugin ${id}`)
    return PLUGINS[id](pluginOptions)
  })

  if (process.env.E2E_PWNED) askInstead('https://api.pwnedpasswords.com', process.env.E2E_PWNED)
  if (config.social) options.plugins.unshift(genericOAuth({ config: config.social.map(withFunctions) }))

  if (stored) await (await getMigrations(options)).runMigrations()
  return betterAuth(options)
}

function openDatabase(url, { schemaName } = {}) {
  if (url.startsWith('file:')) {
    const database = new Database(url.slice('file:'.length))
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000')
    return { dialect: new SqliteDialect({ database }), type: 'sqlite' }
  }
  if (url.startsWith('postgres')) {
    const pool = new pg.Pool({ connectionString: url, max: 20 })
    return schemaName ? { dialect: new PostgresDialect({ pool }), type: 'postgres', schemaName } : pool
  }
  if (url.startsWith('mysql')) return createPool({ uri: url, timezone: 'Z', connectionLimit: 20 })
  throw new Error(`upstream: unknown database ${url}`)
}

/** Sends what is meant for one origin to another: the plugin's address is fixed. */
function askInstead(origin, other) {
  const { fetch } = globalThis
  globalThis.fetch = (url, init) => fetch(String(url).replace(origin, other), init)
}

/** Fills in where the provider of the scenarios listens. */
function atProvider(text) {
  return text.replaceAll('{oauth}', process.env.E2E_OAUTH)
}

/** Gives a provider the functions that ../serve/app/generic_oauth.go.txt has. */
function withFunctions(provider) {
  if (!provider.providerId.startsWith('mapped')) return provider
  const fields = ['code', 'nickname', 'phone', 'changed']
  return { ...provider, mapProfileToUser: (claims) => Object.fromEntries(fields.filter((name) => name in claims).map((name) => [name, claims[name]])) }
}

/** A sender that appends one JSON line for each mail. */
function post(mailbox) {
  return (type, to, more) => {
    if (mailbox) appendFileSync(mailbox, JSON.stringify({ type, to, ...more }) + '\n')
  }
}

// A callback is switched on by naming its option path. Every one of them is
// asynchronous, as a real sender would be.
function installCallbacks(names, options, plugins, send) {
  const senders = {
    'emailAndPassword.sendResetPassword': async ({ user, url, token }) =>
      send('reset-password', user.email, { url, token }),
    'emailAndPassword.onPasswordReset': async ({ user }) => send('password-was-reset', user.email, {}),
    'emailAndPassword.onExistingUserSignUp': async ({ user }) => send('existing-user-sign-up', user.email, {}),
    'emailVerification.sendVerificationEmail': async ({ user, url, token }) =>
      send('verification', user.email, { url, token }),
    'user.changeEmail.sendChangeEmailConfirmation': async ({ user, newEmail, url, token }) =>
      send('change-email-confirmation', user.email, { newEmail, url, token }),
    'user.deleteUser.sendDeleteAccountVerification': async ({ user, url, token }) =>
      send('delete-verification', user.email, { url, token }),
    'hooks.before': createAuthMiddleware(async (ctx) => {
      if (ctx.path === '/sign-up/email' && ctx.body?.name === 'blocked') throw new APIError('FORBIDDEN', { message: 'Not you', code: 'BLOCKED' })
      if (ctx.path === '/sign-up/email') return { context: { body: { ...ctx.body, name: `${ctx.body?.name} (changed)` } } }
      if (ctx.path === '/list-accounts') return ctx.json({ answered: true })
    }),
    'hooks.after': createAuthMiddleware(async (ctx) => {
      ctx.setHeader('x-hook', ctx.path)
      if (ctx.path === '/list-sessions' && ctx.context.returned instanceof APIError) throw new APIError('CONFLICT', { message: 'Replaced', code: 'REPLACED' })
      if (ctx.path === '/update-user') return ctx.json({ replaced: true })
    }),
    'two-factor.otpOptions.sendOTP': async ({ user, otp }) => send('two-factor-otp', user.email, { otp }),
  }
  for (const name of names) {
    if (name === 'additionalFields') {
      installFieldFunctions(options)
      continue
    }
    if (!senders[name]) throw new Error(`upstream: unknown callback ${name}`)
    const plugin = name.startsWith('two-factor.')
    setPath(plugin ? plugins : options, name, senders[name])
  }
}

// The same functions as in ../serve/app/fields.go.txt.
function installFieldFunctions({ user, session }) {
  const validator = (validate) => ({ input: { '~standard': { version: 1, vendor: 'e2e', validate } } })
  const { code, nickname, phone, changed, touched } = user.additionalFields
  code.validator = validator((value) => (value.length > 5 ? { issues: [{ message: 'code is too long' }] } : { value: value.toUpperCase() }))
  nickname.transform = { input: (value) => value?.trim() }
  phone.transform = { output: (value) => value && `***${value.slice(-2)}` }
  changed.onUpdate = () => 'changed'
  touched.onUpdate = () => 'touched'
  session.additionalFields.theme.validator = validator((value) => ({ value: value.toLowerCase() }))
}

function setPath(target, path, value) {
  const keys = path.split('.')
  const last = keys.pop()
  for (const key of keys) target = target[key] ??= {}
  target[last] = value
}
