// The server configurations the scenarios need. `options` and `plugins` use the
// same keys and paths as Better Auth's own options; `callbacks` names the option
// paths whose function is to be installed and to write to the mailbox; `fill`
// holds the configured fields of a user in a database that changes hands;
// `concurrent` ones are used by many callers at a time; `sqlite` ones say nothing about the database that others do
// not say, and run on SQLite alone unless E2E_EVERYWHERE is set.

const MAILS = ['emailAndPassword.sendResetPassword', 'emailVerification.sendVerificationEmail']

/** Everything in its default state, with the usual account pages switched on. */
export const core = {
  name: 'core',
  options: {
    trustedOrigins: ['https://trusted.example.com', 'https://*.wild.example.com', 'myapp://'],
    user: { changeEmail: { enabled: true }, deleteUser: { enabled: true } },
  },
  callbacks: [...MAILS, 'emailAndPassword.onPasswordReset'],
}

/** Nothing beyond e-mail and password: every optional feature is off. */
export const bare = {
  name: 'bare',
  options: {
    disabledPaths: ['/list-accounts'],
  },
}

export const noAutoSignIn = {
  name: 'no-auto-sign-in',
  sqlite: true,
  options: { emailAndPassword: { autoSignIn: false, minPasswordLength: 10, maxPasswordLength: 20 } },
  callbacks: ['emailAndPassword.onExistingUserSignUp'],
}

export const requireVerification = {
  name: 'require-verification',
  options: {
    emailAndPassword: { requireEmailVerification: true },
    emailVerification: { sendOnSignIn: true, autoSignInAfterVerification: true },
    user: { changeEmail: { enabled: true } },
  },
  callbacks: [...MAILS, 'emailAndPassword.onExistingUserSignUp'],
}

/** Every account change is confirmed by mail first. */
export const confirmed = {
  name: 'confirmed',
  sqlite: true,
  options: {
    emailVerification: { sendOnSignUp: true },
    user: { changeEmail: { enabled: true }, deleteUser: { enabled: true } },
  },
  callbacks: [...MAILS, 'user.changeEmail.sendChangeEmailConfirmation', 'user.deleteUser.sendDeleteAccountVerification'],
}

export const unverifiedChange = {
  name: 'unverified-change',
  sqlite: true,
  options: { user: { changeEmail: { enabled: true, updateEmailWithoutVerification: true } } },
  callbacks: ['emailVerification.sendVerificationEmail'],
}

/** Lifetimes of a few seconds: short enough to wait for, long enough for a busy machine to be in time. */
export const shortLived = {
  name: 'short-lived',
  options: {
    emailAndPassword: { resetPasswordTokenExpiresIn: 3, revokeSessionsOnPasswordReset: true },
    emailVerification: { expiresIn: 3 },
    session: { expiresIn: 8, updateAge: 3, freshAge: 3 },
    user: { deleteUser: { enabled: true, deleteTokenExpiresIn: 3 } },
  },
  callbacks: [...MAILS, 'user.deleteUser.sendDeleteAccountVerification'],
}

export const cookieCache = {
  name: 'cookie-cache',
  options: {
    session: { cookieCache: { enabled: true, maxAge: 300 } },
    user: { deleteUser: { enabled: true } },
  },
}

/** A copy that soon has to be renewed, as a JWT, and fields that must not be in it. */
export const cookieCacheJwt = {
  name: 'cookie-cache-jwt',
  sqlite: true,
  options: {
    session: {
      cookieCache: { enabled: true, maxAge: 3, strategy: 'jwt', version: '7' },
      additionalFields: { theme: { type: 'string', required: false }, ticket: { type: 'string', required: false, returned: false } },
    },
    user: {
      additionalFields: {
        secretNote: { type: 'string', required: false, returned: false },
        score: { type: 'number', required: false },
        birthday: { type: 'date', required: false },
      },
    },
  },
}

/** An encrypted copy, and reads that never write. */
export const cookieCacheJwe = {
  name: 'cookie-cache-jwe',
  sqlite: true,
  options: { session: { expiresIn: 60, updateAge: 3, deferSessionRefresh: true, cookieCache: { enabled: true, strategy: 'jwe' } } },
}

/** Sessions and single-use values are in Redis only. */
export const redis = {
  name: 'redis',
  options: { ...core.options, secondaryStorage: 'redis' },
  callbacks: core.callbacks,
}

/** The database has them, too, and keeps the sessions that have ended; reads come from a cookie. */
export const redisAndDatabase = {
  name: 'redis-and-database',
  options: {
    secondaryStorage: 'redis',
    session: { storeSessionInDatabase: true, preserveSessionInDatabase: true, cookieCache: { enabled: true } },
    verification: { storeInDatabase: true, storeIdentifier: 'hashed' },
    user: { deleteUser: { enabled: true } },
  },
  plugins: { 'two-factor': {} },
  callbacks: [...MAILS, 'two-factor.otpOptions.sendOTP'],
}

export const limited = {
  name: 'limited',
  sqlite: true,
  options: {
    rateLimit: {
      enabled: true,
      window: 10,
      max: 6,
      customRules: { '/list-accounts': { window: 60, max: 2 }, '/revoke-*': { window: 60, max: 1 }, '/revoke-sessions': { window: 60, max: 50 } },
    },
  },
  plugins: { 'two-factor': {} },
  callbacks: MAILS,
}

export const production = {
  name: 'production',
  sqlite: true,
  options: { rateLimit: { enabled: false } },
  env: { NODE_ENV: 'production' },
}

export const fields = {
  name: 'fields',
  options: {
    user: {
      additionalFields: {
        nickname: { type: 'string', required: false },
        age: { type: 'number', required: false },
        newsletter: { type: 'boolean', required: false, defaultValue: true },
        plan: { type: 'string', required: true },
        role: { type: 'string', required: false, defaultValue: 'member', input: false },
        secretNote: { type: 'string', required: false, returned: false },
        locked: { type: 'string', required: false, input: false },
        birthday: { type: 'date', required: false },
        badge: { type: 'string', required: false, unique: true },
      },
    },
    session: { additionalFields: { theme: { type: 'string', required: false }, visits: { type: 'number', required: false, defaultValue: 0, input: false } } },
    account: {
      additionalFields: {
        label: { type: 'string', required: false, defaultValue: 'main' },
        uses: { type: 'number', required: false },
        vault: { type: 'string', required: false, defaultValue: 'hidden', returned: false },
      },
    },
  },
}

/** Every type a field can have, in tables and columns with names of their own. */
export const renamed = {
  name: 'renamed',
  options: {
    appName: 'E2E App',
    user: {
      modelName: 'app_users',
      fields: { name: 'full_name', email: 'email_address', emailVerified: 'is_verified', createdAt: 'created_at' },
      additionalFields: {
        plan: { type: ['free', 'paid'], required: false, defaultValue: 'free', fieldName: 'plan_name' },
        tags: { type: 'string[]', required: false },
        scores: { type: 'number[]', required: false },
        settings: { type: 'json', required: false, fieldName: 'user_settings' },
        visits: { type: 'number', required: false },
        birthday: { type: 'date', required: false },
      },
      changeEmail: { enabled: true },
      deleteUser: { enabled: true },
    },
    session: {
      modelName: 'app_sessions',
      fields: { userId: 'user_id', token: 'session_token', expiresAt: 'expires_at', updatedAt: 'updated_at' },
      additionalFields: {
        theme: { type: 'string', required: false, defaultValue: 'light', fieldName: 'color_theme' },
        trail: { type: 'string[]', required: false },
      },
    },
    account: {
      modelName: 'app_accounts',
      fields: { userId: 'user_id', accountId: 'account_id', providerId: 'provider_id', password: 'password_hash' },
      additionalFields: { label: { type: 'string', required: false, defaultValue: 'main', fieldName: 'account_label' } },
    },
    verification: { modelName: 'app_verifications', fields: { identifier: 'topic', value: 'content', expiresAt: 'expires_at' } },
  },
  plugins: {
    'two-factor': { schema: { twoFactor: { modelName: 'second_factors', fields: { secret: 'shared_secret', userId: 'owner_id' } }, user: { fields: { twoFactorEnabled: 'has_second_factor' } } } },
    username: { schema: { user: { fields: { username: 'login_name' } } } },
  },
  callbacks: [...MAILS, 'user.deleteUser.sendDeleteAccountVerification', 'two-factor.otpOptions.sendOTP'],
  fill: { plan: 'paid', tags: ['a', 'ü'], scores: [1, 2.5], settings: { dark: true }, visits: 7, birthday: '1990-12-10T00:00:00.000Z' },
}

/** Ids that are numbers in the database and text everywhere else. */
export const serial = {
  name: 'serial',
  options: {
    appName: 'E2E App',
    advanced: { database: { generateId: 'serial' } },
    user: { changeEmail: { enabled: true }, deleteUser: { enabled: true }, additionalFields: { inviter: { type: 'string', required: false, references: { model: 'user', field: 'id', onDelete: 'set null' } } } },
  },
  plugins: { 'two-factor': {}, username: {} },
  callbacks: [...MAILS, 'user.deleteUser.sendDeleteAccountVerification', 'two-factor.otpOptions.sendOTP'],
}

export const uuids = { ...serial, name: 'uuid', options: { ...serial.options, advanced: { database: { generateId: 'uuid' } } } }

/** Fields with functions: validators, transforms and what a field becomes when its row changes. */
export const fieldFunctions = {
  name: 'field-functions',
  options: {
    user: {
      additionalFields: {
        code: { type: 'string', required: false },
        nickname: { type: 'string', required: false },
        phone: { type: 'string', required: false },
        changed: { type: 'string', required: false, input: false },
        touched: { type: 'string', required: false },
      },
    },
    session: { additionalFields: { theme: { type: 'string', required: false } } },
  },
  callbacks: [...MAILS, 'additionalFields'],
}

/** Numbers of 64 bits. */
export const bigints = {
  name: 'bigints',
  options: {
    user: {
      additionalFields: {
        big: { type: 'number', required: false, bigint: true },
        bigs: { type: 'number[]', required: false },
      },
    },
  },
}

export const usernames = {
  name: 'usernames',
  plugins: { username: {} },
  callbacks: MAILS,
}

export const usernameOptions = {
  name: 'username-options',
  sqlite: true,
  options: { emailAndPassword: { requireEmailVerification: true }, emailVerification: { sendOnSignIn: true } },
  plugins: { username: { minUsernameLength: 5, maxUsernameLength: 12, immutableUsername: true } },
  callbacks: MAILS,
}

export const twoFactor = {
  name: 'two-factor',
  options: { appName: 'E2E App' },
  plugins: { 'two-factor': { issuer: 'E2E Issuer' }, username: {} },
  callbacks: ['two-factor.otpOptions.sendOTP'],
}

export const twoFactorStrict = {
  name: 'two-factor-strict',
  plugins: {
    'two-factor': {
      twoFactorCookieMaxAge: 300,
      trustDeviceMaxAge: 86400,
      accountLockout: { enabled: true, maxFailedAttempts: 3, durationSeconds: 5 },
      totpOptions: { digits: 8, period: 60 },
      backupCodeOptions: { amount: 4, length: 12 },
      skipVerificationOnEnable: true,
    },
    bearer: {},
  },
}

export const twoFactorCached = { ...twoFactorStrict, name: 'two-factor-cached', sqlite: true, options: { session: { cookieCache: { enabled: true } } } }

export const bearers = { name: 'bearer', sqlite: true, plugins: { bearer: {} } }

export const signedBearers = { name: 'bearer-signed', sqlite: true, plugins: { bearer: { requireSignature: true } } }

/** Asks the service of node/pwned-server.mjs. */
export const breachedPasswords = { name: 'breached-passwords', sqlite: true, plugins: { 'have-i-been-pwned': {} }, callbacks: MAILS }

export const breachedPasswordsOptions = {
  name: 'breached-passwords-options',
  sqlite: true,
  plugins: { 'have-i-been-pwned': { customPasswordCompromisedMessage: 'Known to thieves', paths: ['/change-password'] } },
}

/** What upstream fills a database with before another server takes it over. */
export const takeOver = {
  name: 'take-over',
  concurrent: true,
  options: {
    appName: 'E2E App',
    user: { changeEmail: { enabled: true }, deleteUser: { enabled: true } },
  },
  plugins: { 'two-factor': {}, username: {} },
  callbacks: [...MAILS, 'user.deleteUser.sendDeleteAccountVerification', 'two-factor.otpOptions.sendOTP'],
}

/** Reads never write; the client asks for the refresh. */
export const deferred = {
  name: 'deferred-refresh',
  options: { session: { expiresIn: 60, updateAge: 3, deferSessionRefresh: true } },
}

export const namedCookies = {
  name: 'named-cookies',
  sqlite: true,
  options: {
    advanced: {
      cookiePrefix: 'shop',
      useSecureCookies: true,
      cookies: { session_token: { name: 'sid', attributes: { sameSite: 'strict' } } },
      defaultCookieAttributes: { sameSite: 'none', partitioned: true },
    },
  },
}

export const namedCookiesCached = {
  name: 'named-cookies-cached',
  sqlite: true,
  options: { ...namedCookies.options, session: { cookieCache: { enabled: true, strategy: 'jwt', maxAge: 60 } } },
}

export const sharedCookies = {
  name: 'shared-cookies',
  sqlite: true,
  options: {
    advanced: { crossSubDomainCookies: { enabled: true, domain: 'example.com' }, skipTrailingSlashes: true },
  },
}

export const sharedCookiesCached = {
  name: 'shared-cookies-cached',
  sqlite: true,
  options: { ...sharedCookies.options, session: { cookieCache: { enabled: true, strategy: 'jwe' } } },
}

export const closed = {
  name: 'closed',
  sqlite: true,
  options: { emailAndPassword: { disableSignUp: true } },
}

export const noPasswords = {
  name: 'no-passwords',
  sqlite: true,
  options: { emailAndPassword: { enabled: false } },
}

/** Two proxies in front, own header, and no origin checks. */
export const proxied = {
  name: 'proxied',
  sqlite: true,
  options: {
    advanced: {
      disableCSRFCheck: true,
      ipAddress: { ipAddressHeaders: ['x-client-ip', 'x-forwarded-for'], trustedProxies: ['10.0.0.0/8', '192.0.2.7'], ipv6Subnet: 128 },
    },
  },
}

/** Requests are counted in the database, in a table with names of its own. */
export const limitedInDatabase = {
  name: 'limited-in-database',
  options: {
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'request_counts',
      fields: { lastRequest: 'last_request' },
      window: 2,
      max: 3,
      customRules: { '/list-accounts': false },
    },
  },
}

/** Reached at several hosts; requests say at which. */
export const hosts = {
  name: 'hosts',
  sqlite: true,
  options: { baseURL: { allowedHosts: ['shop.example', '*.preview.example:8443', 'localhost:*'] } },
  callbacks: MAILS,
  social: [{
    providerId: 'plain', authorizationUrl: '{oauth}/authorize', tokenUrl: '{oauth}/token', userInfoUrl: '{oauth}/userinfo',
    scopes: ['profile', 'email'], clientId: 'e2e-client', clientSecret: 'e2e-client-secret',
  }],
}

/** Behind a proxy that says at which host; all others are one. */
export const hostsFallback = {
  name: 'hosts-fallback',
  sqlite: true,
  options: {
    baseURL: { allowedHosts: ['shop.example', 'https://*.shop.example'], fallback: 'https://main.example', protocol: 'https' },
    advanced: { trustedProxyHeaders: true },
    user: { deleteUser: { enabled: true } },
    verification: { storeIdentifier: { default: 'hashed', overrides: { 'reset-password': 'plain' } } },
  },
  callbacks: [...MAILS, 'user.deleteUser.sendDeleteAccountVerification'],
}

/** Cookies for all subdomains of whatever host a request names, Secure or not. */
export const hostsShared = {
  name: 'hosts-shared',
  sqlite: true,
  options: {
    baseURL: { allowedHosts: ['shop.example', '*.shop.example', 'localhost:*'], protocol: 'auto' },
    advanced: { trustedProxyHeaders: true, crossSubDomainCookies: { enabled: true } },
    session: { cookieCache: { enabled: true } },
  },
}

const client = { clientId: 'e2e-client', clientSecret: 'e2e-client-secret' }
const plain = (providerId, more = {}) => ({
  providerId,
  authorizationUrl: '{oauth}/authorize',
  tokenUrl: '{oauth}/token',
  userInfoUrl: '{oauth}/userinfo',
  scopes: ['profile', 'email'],
  ...client,
  ...more,
})
const openID = (providerId, more = {}) => ({
  providerId,
  discoveryUrl: '{oauth}/.well-known/openid-configuration',
  scopes: ['openid', 'profile', 'email'],
  ...client,
  ...more,
})

/** `social` are providers as the plugin generic-oauth takes them; {oauth} is where node/oauth-server.mjs listens. */
export const social = {
  name: 'social',
  options: { trustedOrigins: ['https://trusted.example.com'], emailVerification: { sendOnSignIn: true } },
  plugins: { 'two-factor': { skipVerificationOnEnable: true }, bearer: {} },
  callbacks: ['emailVerification.sendVerificationEmail'],
  social: [
    plain('plain'),
    plain('other'),
    openID('oidc'),
    plain('closed', { disableSignUp: true }),
    plain('asks', { disableImplicitSignUp: true }),
    plain('overrides', { overrideUserInfo: true }),
    plain('strict', { requireEmailVerification: true }),
    plain('initiates', { allowIdpInitiated: true }),
  ],
}

/** Fields with functions, filled from the profiles of providers: callback additionalFields maps those called mapped…. */
export const fieldFunctionsSocial = {
  ...fieldFunctions,
  name: 'field-functions-social',
  options: { ...fieldFunctions.options, account: { accountLinking: { updateUserInfoOnLink: true } } },
  social: [plain('mapped'), plain('mapped-overrides', { overrideUserInfo: true })],
}

/** Everything in cookies, and tokens encrypted. */
export const socialCookies = {
  name: 'social-cookies',
  sqlite: true,
  options: { account: { storeStateStrategy: 'cookie', storeAccountCookie: true, encryptOAuthTokens: true } },
  social: [plain('plain'), openID('oidc')],
}

/** The account cookie lives as long as the cookie cache. */
export const socialCookiesCached = {
  name: 'social-cookies-cached',
  sqlite: true,
  options: { session: { cookieCache: { enabled: true } }, account: { storeAccountCookie: true } },
  social: [plain('plain')],
}

/** Neither a database nor Redis: everything is in cookies, and the rest ends with the process. */
export const stateless = {
  name: 'stateless',
  options: {
    database: { dialect: 'none' },
    user: { changeEmail: { enabled: true }, deleteUser: { enabled: true } },
    session: { additionalFields: { theme: { type: 'string', required: false }, ticket: { type: 'string', required: false, returned: false } } },
  },
  plugins: { bearer: {} },
  callbacks: MAILS,
  social: [plain('plain'), plain('other'), openID('oidc')],
}

/** Copies that are renewed from themselves. */
export const statelessRefresh = {
  name: 'stateless-refresh',
  options: {
    database: { dialect: 'none' },
    session: { expiresIn: 40, cookieCache: { maxAge: 24, strategy: 'jwt', refreshCache: { updateAge: 16 } } },
  },
  social: [plain('plain')],
}

/** Sessions are in Redis, and there is no database. */
export const redisAlone = {
  name: 'redis-alone',
  options: { database: { dialect: 'none' }, secondaryStorage: 'redis' },
  callbacks: MAILS,
  social: [plain('plain')],
}

export const socialLoose = {
  name: 'social-loose',
  sqlite: true,
  options: {
    account: {
      accountLinking: {
        trustedProviders: ['plain'], allowDifferentEmails: true, allowUnlinkingAll: true, updateUserInfoOnLink: true,
      },
      skipStateCookieCheck: true,
      updateAccountOnSignIn: false,
    },
    verification: { storeIdentifier: 'hashed' },
  },
  callbacks: ['emailVerification.sendVerificationEmail'],
  social: [plain('plain'), plain('other')],
}

export const socialUnlinked = {
  name: 'social-unlinked',
  sqlite: true,
  options: { account: { accountLinking: { enabled: false } } },
  callbacks: ['emailVerification.sendVerificationEmail'],
  social: [plain('plain')],
}

/** Functions around every endpoint: one changes, refuses and answers requests, one replaces answers. */
export const hooked = {
  name: 'hooked',
  options: { user: { changeEmail: { enabled: true } } },
  callbacks: ['hooks.before', 'hooks.after'],
}

/** What takes over a database whose tables are not in the first schema; only PostgreSQL has schemas. */
export const inSchema = {
  ...takeOver,
  name: 'in-schema',
  options: { ...takeOver.options, database: { schemaName: 'login' } },
}

// Only /ok is limited: the flows of the other checks are not to run into limits.
const shared = { enabled: true, customRules: { '/ok': { window: 60, max: 5 }, '/**': { window: 60, max: 100000 } } }

/** Several servers on one database and nothing else. */
export const instances = {
  ...takeOver,
  name: 'instances',
  concurrent: true,
  options: { ...takeOver.options, rateLimit: { ...shared, storage: 'database' } },
}

/** Several servers on one database and one Redis. */
export const redisInstances = {
  ...takeOver,
  name: 'redis-instances',
  concurrent: true,
  options: { ...takeOver.options, secondaryStorage: 'redis', rateLimit: shared },
}

/** The providers of node/openid-provider.mjs, by discovery and as Microsoft Entra ID. */
export const openid = {
  name: 'openid',
  options: {
    socialProviders: {
      microsoft: {
        ...client, authority: '{oauth}', tenantId: '0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9', prompt: 'consent', disableProfilePhoto: true,
      },
    },
  },
  social: [
    openID('acme', { scopes: ['openid', 'profile', 'email', 'offline_access'], prompt: 'consent' }),
    openID('posts', { responseMode: 'form_post' }),
  ],
}

/** Pages of another origin; where they are is in the environment. See node/cors.mjs. */
export const cors = {
  name: 'cors',
  options: { cors: { origins: ['${E2E_PAGE}'] } },
}

/** Pages of another site, too. */
export const corsAcrossSites = {
  name: 'cors-across-sites',
  options: { ...cors.options, advanced: { defaultCookieAttributes: { sameSite: 'none', secure: true, partitioned: true } } },
}
