import { createFileRoute } from '@tanstack/react-router'
import { getRequestIP } from '@tanstack/react-start/server'
import { forward } from '../../../../../forward.js'

export const Route = createFileRoute('/api/auth/$')({
  server: { handlers: { ANY: ({ request }) => forward(request, process.env.AUTH_SERVER, getRequestIP()) } },
})
