import { uuids } from '../configs.mjs'
import { ids } from '../node/lib/ids.mjs'

export const config = uuids

export const scenarios = ids
