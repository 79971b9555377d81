import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { Normaliser } from '../lib/normalise.mjs'

const secret = 'secret'
const make = () => new Normaliser({ origin: 'http://127.0.0.1:4711', secret })
const token = 'abcdefghijklmnopqrstuvwxyzABCDEF'
const sign = (value, key = secret) => encodeURIComponent(`${value}.${createHmac('sha256', key).update(value).digest('base64')}`)

test('random values are named by first appearance and stay equal', () => {
  const n = make()
  assert.deepEqual(n.value({ b: token, a: `${token.slice(1)}x` }), { a: '<r32:1>', b: '<r32:2>' })
  assert.equal(n.text(`/x?token=${token}`), '/x?token=<r32:2>')
})

test('only dates with exactly three fraction digits are dates', () => {
  const n = make()
  assert.equal(n.text('2026-01-02T03:04:05.678Z'), '<date>')
  for (const other of ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.6789Z', '2026-01-02T03:04:05.678+00:00']) assert.equal(n.text(other), other)
})

test('null, absent, false and empty stay what they are', () => {
  assert.deepEqual(make().value({ a: null, b: false, c: '', d: 0, e: [] }), { a: null, b: false, c: '', d: 0, e: [] })
})

test('cookies keep their attributes and order', () => {
  const line = `better-auth.session_token=${sign(token)}; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax`
  assert.equal(make().cookie(line), 'better-auth.session_token=signed(<r32:1>); Max-Age=604800; Path=/; HttpOnly; SameSite=Lax')
})

test('a signature made with another key is shown', () => {
  assert.match(make().cookie(`s=${sign(token, 'other')}; Path=/`), /BAD SIGNATURE/)
})

test('unusual percent escapes are shown', () => {
  assert.match(make().cookie('s=a%2Db; Path=/'), /unusual escapes/)
})

test('a token in a mail shows its claims and lifetime', () => {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const jwt = `${part({ alg: 'HS256' })}.${part({ email: 'a@example.com', iat: 10, exp: 3610 })}`
  const shown = 'jwt({"alg":"HS256"} {"email":"a@example.com"} for 3600s)'
  const signature = createHmac('sha256', secret).update(jwt).digest('base64url')
  assert.equal(make().text(`?token=${jwt}.${signature}&a=b`), `?token=${shown}&a=b`)
  assert.equal(make().text(`?token=${jwt}.${'x'.repeat(43)}`), `?token=${shown} BAD SIGNATURE`)
})

test('an expiry counts only when it is the last line for its cookie', () => {
  const lines = ['a=; Max-Age=0', 'b=1', 'a=2', 'b=; Max-Age=0', 'c=; Max-Age=0', 'c=; Max-Age=0']
  assert.deepEqual(make().response({ status: 200, headers: {}, setCookie: lines, text: '' }).setCookie, ['b=1', 'a=2', 'b=; Max-Age=0', 'c=; Max-Age=0'])
})

test('rows are listed oldest first', () => {
  const rows = [{ id: 'b', createdAt: '2026-01-02T00:00:00.000Z' }, { id: 'a', createdAt: '2026-01-01T00:00:00.000Z' }]
  assert.deepEqual(make().value(rows).map(({ id }) => id), ['a', 'b'])
})

test('the rest of a rate limit window is rounded up', () => {
  const after = (value) => make().response({ status: 429, headers: { 'x-retry-after': value }, setCookie: [], text: '' }).headers['x-retry-after']
  assert.deepEqual(['9', '10', '58', '0', 'x'].map(after), ['up to 10', 'up to 10', 'up to 60', '0', 'x'])
})
