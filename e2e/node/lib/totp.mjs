// RFC 6238 codes and the parts of an otpauth URI.
import { createHmac } from 'node:crypto'

export function parseURI(uri) {
  const { searchParams } = new URL(uri)
  return {
    key: base32(searchParams.get('secret')),
    digits: Number(searchParams.get('digits')),
    period: Number(searchParams.get('period')),
  }
}

/** The code `steps` periods from now. */
export function totp(secret, steps = 0) {
  return codeOf(secret, counterNow(secret) + steps)
}

const counterNow = ({ period }) => Math.floor(Date.now() / 1000 / period)

function codeOf({ key, digits }, count) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(count))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** A code that no step near now has. */
export function wrongTotp(secret) {
  const near = [-2, -1, 0, 1, 2].map((steps) => totp(secret, steps))
  for (let n = 0; ; n++) {
    const code = String(n).padStart(secret.digits, '0')
    if (!near.includes(code)) return code
  }
}

function base32(text) {
  const bits = [...text].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
}

const used = new Map()

/**
 * A code that no earlier call returned, for a server that takes each code once. There are three at any
 * time: the current one, the next and the last.
 */
export function unusedTotp(secret) {
  const id = secret.key.toString('hex')
  const taken = used.get(id) ?? new Set()
  used.set(id, taken)
  const free = () => [0, 1, -1].map((steps) => counterNow(secret) + steps).find((counter) => !taken.has(counter))
  if (free() < counterNow(secret)) leaveTime(secret.period)
  const counter = free()
  if (counter === undefined) throw new Error('a server accepts three codes at a time; this scenario needs a fourth')
  taken.add(counter)
  return codeOf(secret, counter)
}

/** Waits for the next step when this one, and with it the last code, ends within seconds. */
export function leaveTime(period = 30) {
  const left = period * 1000 - (Date.now() % (period * 1000))
  if (left < 5000) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, left)
}
