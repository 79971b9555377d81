// The same-site proxy of docs/frameworks.md for everything that speaks Request and Response.
export function forward(request, server, address) {
  const { pathname, search } = new URL(request.url)
  const headers = new Headers(request.headers)
  for (const name of ['host', 'connection']) headers.delete(name)
  headers.set('accept-encoding', 'identity') // fetch unpacks answers, and leaves the header that says they are packed
  address ? headers.set('x-forwarded-for', address) : headers.delete('x-forwarded-for') // browsers write what they like
  return fetch(new URL(pathname + search, server), {
    method: request.method, headers, body: request.body, duplex: 'half', redirect: 'manual',
  })
}
