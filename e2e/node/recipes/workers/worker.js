import { mayEnter } from '../edge.js'
import { forward } from '../forward.js'
import { page } from '../page.js'
import { sessionOf } from '../session.js'

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/api/auth/')) return forward(request, env.AUTH_SERVER, request.headers.get('cf-connecting-ip'))
    if (pathname === '/members' && !await mayEnter(request.headers)) return Response.redirect(new URL('/', request.url))
    if (pathname !== '/' && pathname !== '/members') return env.ASSETS.fetch(request)
    const session = await sessionOf(request.headers.get('cookie'))
    return new Response(page(session), { headers: { 'content-type': 'text/html' } })
  },
}
