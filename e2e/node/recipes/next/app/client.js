'use client'
import { createAuthClient } from 'better-auth/react'
import { useEffect } from 'react'

const authClient = createAuthClient()

export function Client() {
  const { data } = authClient.useSession()
  useEffect(() => { window.authClient = authClient }, [])
  return <output>{data?.user.name}</output>
}
