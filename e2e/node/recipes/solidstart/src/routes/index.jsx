import { createAsync, query } from '@solidjs/router'
import { createAuthClient } from 'better-auth/solid'
import { onMount } from 'solid-js'
import { getRequestEvent } from 'solid-js/web'
import { sessionOf } from '../../../session.js'

const getUser = query(async () => {
  'use server'
  const session = await sessionOf(getRequestEvent().request.headers.get('cookie'))
  return session?.user ?? null
}, 'user')

export default function Page() {
  const user = createAsync(() => getUser(), { deferStream: true })
  onMount(() => { window.authClient = createAuthClient() })
  return <p>{user() ? `hello ${user().name}` : 'signed out'}</p>
}
