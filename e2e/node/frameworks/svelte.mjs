import { createAuthClient } from 'better-auth/svelte'
import { derived } from 'svelte/store'
import { clientOptions, label } from './shared.mjs'

// What a component's `$session` compiles to: a subscription that writes the DOM.
export function mount(origin, root) {
  const client = createAuthClient(clientOptions(origin))
  const text = derived(client.useSession(), label)
  const unmount = text.subscribe((value) => { root.textContent = value })
  return { client, text: () => root.textContent, unmount }
}
