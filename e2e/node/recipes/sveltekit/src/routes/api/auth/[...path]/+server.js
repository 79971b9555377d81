import { env } from '$env/dynamic/private'
import { forward } from '../../../../../../forward.js'

export const GET = ({ request, getClientAddress }) => forward(request, env.AUTH_SERVER, getClientAddress())
export const POST = GET
