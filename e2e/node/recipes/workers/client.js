import { createAuthClient } from 'better-auth/client'

window.authClient = createAuthClient()
