// What stands between clients and several servers, and between a server and its
// database: a load balancer, and a wire that can be cut.
import http from 'node:http'
import net from 'node:net'

/**
 * Forwards requests to the instances in turn, and to the next one when an instance
 * does not take the connection, as balancers do. The header x-instance picks one.
 */
export class Balancer {
  #instances = new Map() // name → origin
  #underway = new Map() // origin → number of requests
  #turn = 0
  #server = http.createServer((request, response) => this.#forward(request, response))
  // A connection the instance closes while it shuts down must not be used again.
  #agent = new http.Agent({ keepAlive: false })

  static async listen(port) {
    const balancer = new Balancer()
    await new Promise((resolve) => balancer.#server.listen(port, '127.0.0.1', resolve))
    balancer.origin = `http://127.0.0.1:${balancer.#server.address().port}`
    return balancer
  }

  add(name, origin) {
    this.#instances.set(name, origin)
  }

  /** Sends an instance nothing any more, and waits for what it is still at. */
  async remove(name) {
    const origin = this.#instances.get(name)
    this.#instances.delete(name)
    while (this.#underway.get(origin)) await new Promise((resolve) => setTimeout(resolve, 10))
  }

  #count(origin, change) {
    this.#underway.set(origin, (this.#underway.get(origin) ?? 0) + change)
  }

  close() {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(resolve))
  }

  #targets(wanted) {
    if (wanted) return [this.#instances.get(wanted)]
    const all = [...this.#instances.values()]
    const first = this.#turn++ % all.length
    return [...all.slice(first), ...all.slice(0, first)]
  }

  async #forward(request, response) {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const { 'x-instance': wanted, ...headers } = request.headers
    const tryNext = ([target, ...others]) => {
      if (!target) return response.writeHead(503).end()
      const { hostname, port } = new URL(target)
      this.#count(target, 1)
      const forwarded = http.request({ agent: this.#agent, hostname, port, method: request.method, path: request.url, headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.rawHeaders)
        answer.pipe(response)
      })
      forwarded.on('close', () => this.#count(target, -1))
      forwarded.on('error', (error) => {
        if (error.code === 'ECONNREFUSED') tryNext(others)
        else response.writeHead(502).end(String(error))
      })
      forwarded.end(Buffer.concat(chunks))
    }
    tryNext(this.#targets(wanted))
  }
}

/** A connection to a service that can be cut and mended. */
export class Wire {
  #sockets = new Set()
  #connected = true
  #server

  /** Listens in front of the service at `url`; `wire.url` is where to find it now. */
  static async to(url) {
    const wire = new Wire()
    const service = new URL(url)
    wire.#server = net.createServer((client) => wire.#join(client, service))
    await new Promise((resolve) => wire.#server.listen(0, '127.0.0.1', resolve))
    const here = new URL(url)
    here.host = `127.0.0.1:${wire.#server.address().port}`
    wire.url = here.href
    return wire
  }

  cut() {
    this.#connected = false
    for (const socket of this.#sockets) socket.destroy()
  }

  mend() {
    this.#connected = true
  }

  close() {
    this.cut()
    return new Promise((resolve) => this.#server.close(resolve))
  }

  #join(client, { hostname, port }) {
    if (!this.#connected) return client.destroy()
    const service = net.connect({ host: hostname, port: Number(port) })
    for (const [socket, other] of [[client, service], [service, client]]) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        this.#sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  }
}
