import { forward } from '../../../../../forward.js'

const handler = ({ request, clientAddress }) => forward(request, process.env.AUTH_SERVER, clientAddress)
export const GET = handler
export const POST = handler
