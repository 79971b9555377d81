import { twoFactorCached } from '../configs.mjs'
import { scenarios as strict } from './two-factor-strict.mjs'

export const config = twoFactorCached

// The cache must not carry a session past a challenge either.
const name = 'no session leaks out of a challenge'
export const scenarios = { [name]: strict[name] }
