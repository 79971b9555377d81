import { sessionOf } from '../../session.js'
import { Client } from '../app/client.js'

export async function getServerSideProps({ req }) {
  const session = await sessionOf(req.headers.cookie)
  return { props: { name: session?.user.name ?? null } }
}

export default function Page({ name }) {
  return <><p>{name ? `hello ${name}` : 'signed out'}</p><Client /></>
}
