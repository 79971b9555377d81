import { createAuthClient } from 'better-auth/react'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { clientOptions, label } from './shared.mjs'

export function mount(origin, root) {
  const client = createAuthClient(clientOptions(origin))
  const Page = () => createElement('p', null, label(client.useSession()))
  const app = createRoot(root)
  app.render(createElement(Page))
  return { client, text: () => root.textContent, unmount: () => app.unmount() }
}
