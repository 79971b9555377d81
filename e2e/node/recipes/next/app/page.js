import { headers } from 'next/headers'
import { sessionOf } from '../../session.js'
import { Client } from './client.js'

export default async function Page() {
  const session = await sessionOf((await headers()).get('cookie'))
  return <><p>{session ? `hello ${session.user.name}` : 'signed out'}</p><Client /></>
}
