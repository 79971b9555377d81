import { sessionOf } from '../../../session.js'

export async function load({ request }) {
  const session = await sessionOf(request.headers.get('cookie'))
  return { name: session?.user.name }
}
