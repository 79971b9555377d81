import { mayEnter } from '../../edge.js'

export async function onRequest({ request, url, redirect }, next) {
  return url.pathname !== '/members' || await mayEnter(request.headers) ? next() : redirect('/')
}
