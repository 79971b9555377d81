// A page with a cookie jar, and the story every framework's client is told.
import { Window } from 'happy-dom'
import { Jar } from '../lib/http.mjs'
import { Scenario, PASSWORD } from '../lib/scenario.mjs'

/** Makes Node look enough like a browser tab for a session store to fetch. */
export function openPage(origin) {
  const window = new Window({ url: `${origin}/` })
  const names = ['window', 'document', 'localStorage', 'location', 'navigator', 'Node', 'Element', 'HTMLElement', 'SVGElement', 'Text', 'Comment', 'DocumentFragment', 'MutationObserver', 'StorageEvent']
  for (const name of names) Object.defineProperty(globalThis, name, { value: name === 'window' ? window : window[name], configurable: true, writable: true })
  const root = window.document.createElement('div')
  window.document.body.append(root)
  return { root, close: () => window.happyDOM.close() }
}

/** Options for a framework's createAuthClient. */
export function clientOptions(origin) {
  const t = new Scenario({ name: 'frameworks', origin, secret: 'unused', run: `${process.pid}` })
  const browser = t.browser(new Jar())
  return { baseURL: origin, fetchOptions: { customFetchImpl: (url, init) => browser.fetch(url, init) } }
}

/** What the page shows for a session state. */
export function label({ data, isPending, error }) {
  if (error) return `error ${error.status}`
  if (isPending) return 'pending'
  return data ? `${data.user.name} until ${data.session.expiresAt instanceof Date ? 'a date' : 'a string'}` : 'signed out'
}

/** Signs up, renames and signs out; the page must follow each time. */
export async function story(client, text) {
  const email = `${Date.now().toString(36)}.${process.pid}@example.com`
  await shows(text, 'signed out')
  await good(client.signUp.email({ name: 'Ada', email, password: PASSWORD }))
  await shows(text, 'Ada until a date')
  await good(client.updateUser({ name: 'Countess' }))
  await shows(text, 'Countess until a date')
  await good(client.signOut())
  await shows(text, 'signed out')
  await good(client.signIn.email({ email, password: PASSWORD }))
  await shows(text, 'Countess until a date')
}

async function good(call) {
  const { error } = await call
  if (error) throw new Error(`call failed: ${JSON.stringify(error)}`)
}

async function shows(text, expected) {
  for (let i = 0; i < 100; i++) {
    if (text() === expected) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the page shows ${JSON.stringify(text())}, not ${JSON.stringify(expected)}`)
}
