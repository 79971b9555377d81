import { forward } from '../../../../../forward.js'

export const ALL = ({ request }) => forward(request, process.env.AUTH_SERVER)
