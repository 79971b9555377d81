// Secondary storage for upstream: the few commands it needs, over a plain connection.
import { connect } from 'node:net'

// As upstream asks for: the lifetime starts with the counter.
const INCREMENT = `local n = redis.call('INCR', KEYS[1]) if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end return n`

export function redisStorage(url) {
  const redis = new Redis(url)
  return {
    get: (key) => redis.send('GET', key),
    set: async (key, value, ttl) => { await (ttl ? redis.send('SET', key, value, 'EX', ttl) : redis.send('SET', key, value)) },
    delete: async (key) => { await redis.send('DEL', key) },
    getAndDelete: (key) => redis.send('GETDEL', key),
    increment: (key, ttl) => redis.send('EVAL', INCREMENT, 1, key, ttl),
  }
}

/** A connection to Redis. Replies come in the order of the commands. */
export class Redis {
  #waiting = []
  #received = Buffer.alloc(0)

  constructor(url) {
    const { hostname, port, pathname } = new URL(url)
    this.socket = connect(Number(port), hostname)
    this.socket.on('data', (data) => this.#read(data))
    this.socket.on('error', (error) => { for (const { reject } of this.#waiting.splice(0)) reject(error) })
    const database = Number(pathname.slice(1) || 0)
    if (database) this.send('SELECT', database)
  }

  send(...words) {
    const parts = words.map((word) => Buffer.from(String(word)))
    const frames = parts.flatMap((part) => [Buffer.from(`$${part.length}\r\n`), part, Buffer.from('\r\n')])
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.socket.write(Buffer.concat([Buffer.from(`*${parts.length}\r\n`), ...frames]))
    })
  }

  close() {
    this.socket.destroy()
  }

  #read(data) {
    this.#received = Buffer.concat([this.#received, data])
    for (let reply; (reply = parse(this.#received, 0)) !== undefined;) {
      this.#received = this.#received.subarray(reply.end)
      const { resolve, reject } = this.#waiting.shift()
      if (reply.error) reject(new Error(reply.error))
      else resolve(reply.value)
    }
  }
}

/** One reply of the Redis protocol; undefined while it is not complete. */
function parse(buffer, start) {
  const line = buffer.indexOf('\r\n', start)
  if (line < 0) return undefined
  const text = buffer.toString('utf8', start + 1, line)
  const after = line + 2
  switch (String.fromCharCode(buffer[start])) {
    case '+': return { value: text, end: after }
    case '-': return { error: text, end: after }
    case ':': return { value: Number(text), end: after }
    case '$': {
      const end = after + Number(text)
      if (text === '-1') return { value: null, end: after }
      return buffer.length < end + 2 ? undefined : { value: buffer.toString('utf8', after, end), end: end + 2 }
    }
    case '*': {
      const list = []
      let end = after
      for (let i = 0; i < Number(text); i++) {
        const item = parse(buffer, end)
        if (!item) return undefined
        list.push(item.value)
        end = item.end
      }
      return { value: list, end }
    }
  }
  throw new Error(`unexpected reply ${buffer.toString('utf8', start, line)}`)
}
