import { namedCookiesCached } from '../configs.mjs'

export const config = namedCookiesCached

export { scenarios } from './cookies.mjs'
