import { redirect } from '@solidjs/router'
import { createMiddleware } from '@solidjs/start/middleware'
import { mayEnter } from '../../edge.js'

export default createMiddleware({
  async onRequest({ request }) {
    if (new URL(request.url).pathname === '/members' && !await mayEnter(request.headers)) return redirect('/')
  },
})
