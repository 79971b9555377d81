import { createAuthClient } from 'better-auth/vue'
import { createApp, h } from 'vue'
import { clientOptions, label } from './shared.mjs'

export function mount(origin, root) {
  const client = createAuthClient(clientOptions(origin))
  const app = createApp({
    setup() {
      const session = client.useSession()
      return () => h('p', label(session.value))
    },
  })
  app.mount(root)
  return { client, text: () => root.textContent, unmount: () => app.unmount() }
}
