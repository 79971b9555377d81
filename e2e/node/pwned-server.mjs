// Stands in for the Pwned Passwords service, on loopback, and remembers what it was asked.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'

/** Passwords the service answers something special about; it knows no other. */
export const PASSWORDS = {
  seen: 'password1234',
  seenOnce: 'seen only once',
  padding: 'only ever padding',
  malformed: 'counted wrongly',
  busy: 'asked too often',
  broken: 'asked in vain',
}

const COUNTS = { [PASSWORDS.seen]: '1742', [PASSWORDS.seenOnce]: '1', [PASSWORDS.padding]: '0', [PASSWORDS.malformed]: 'many' }

const hash = (password) => createHash('sha1').update(password).digest('hex').toUpperCase()

/** Starts a service; `origin` is where it listens, `questions()` what it was asked since the last call. */
export async function startPwnedServer() {
  let asked = []
  const server = createServer((request, response) => {
    asked.push({ method: request.method, padding: request.headers['add-padding'], agent: request.headers['user-agent'], url: request.url })
    answer(request.url.replace(/^\/range\//, ''), request, response)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    questions: () => asked.splice(0),
    stop: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(resolve)
    }),
  }
}

function answer(prefix, request, response) {
  const named = (password) => hash(password).startsWith(prefix)
  if (named(PASSWORDS.broken)) return request.socket.destroy()
  if (named(PASSWORDS.busy)) return response.writeHead(503).end('busy')
  const known = Object.entries(COUNTS).filter(([password]) => named(password)).map(([password, count]) => `${hash(password).slice(5)}:${count}`)
  const padding = Array.from({ length: 800 }, (_, i) => `${hash(`${prefix}${i}`).slice(5)}:0`)
  response.writeHead(200, { 'content-type': 'text/plain' }).end([...padding, ...known].join('\r\n'))
}
