import { sharedCookiesCached } from '../configs.mjs'

export const config = sharedCookiesCached

export { scenarios } from './cookies-shared.mjs'
