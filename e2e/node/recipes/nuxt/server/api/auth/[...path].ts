import { forward } from '../../../../forward.js'

export default defineEventHandler((event) => forward(toWebRequest(event), process.env.AUTH_SERVER, getRequestIP(event)))
