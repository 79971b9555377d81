import { redirect } from '@sveltejs/kit'
import { mayEnter } from '../../edge.js'

export async function handle({ event, resolve }) {
  if (event.url.pathname === '/members' && !await mayEnter(event.request.headers)) redirect(303, '/')
  return resolve(event)
}
