import { createAuthClient } from 'better-auth/solid'
import { createRoot } from 'solid-js'
import { insert } from 'solid-js/web'
import { clientOptions, label } from './shared.mjs'

export function mount(origin, root) {
  const client = createAuthClient(clientOptions(origin))
  const unmount = createRoot((dispose) => {
    const session = client.useSession()
    insert(root, () => label(session()))
    return dispose
  })
  return { client, text: () => root.textContent, unmount }
}
