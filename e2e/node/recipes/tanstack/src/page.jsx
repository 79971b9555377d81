import { createServerFn } from '@tanstack/react-start'
import { getRequestHeader } from '@tanstack/react-start/server'
import { createAuthClient } from 'better-auth/react'
import { useEffect } from 'react'
import { sessionOf } from '../../session.js'

export const getUser = createServerFn().handler(async () => {
  const session = await sessionOf(getRequestHeader('cookie'))
  return session?.user ?? null
})

const authClient = createAuthClient()

export function Page({ user }) {
  useEffect(() => { window.authClient = authClient }, [])
  return <p>{user ? `hello ${user.name}` : 'signed out'}</p>
}
