import { forward } from '../../../../../forward.js'

export const ALL = ({ request, clientAddress }) => forward(request, process.env.AUTH_SERVER, clientAddress)
