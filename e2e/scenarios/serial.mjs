import { serial } from '../configs.mjs'
import { ids } from '../node/lib/ids.mjs'

export const config = serial

export const scenarios = ids
