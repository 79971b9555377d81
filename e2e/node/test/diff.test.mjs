import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffTranscripts, judge } from '../lib/diff.mjs'

const transcript = (body, more = {}) => ({ scenarios: { 'file: name': { steps: [{ step: 'GET /x', response: { status: 200, body } }] }, ...more } })

test('equal transcripts have no differences', () => {
  assert.deepEqual(diffTranscripts(transcript({ a: 1 }), transcript({ a: 1 })), [])
})

test('null differs from absent', () => {
  const [difference] = diffTranscripts(transcript({ a: null }), transcript({}))
  assert.deepEqual(difference, { scenario: 'file: name', step: '1. GET /x', path: 'response.body.a', a: null, b: undefined })
})

test('missing scenarios and steps are differences', () => {
  assert.equal(diffTranscripts(transcript({}), { scenarios: {} }).length, 1)
  assert.equal(diffTranscripts(transcript({}), { scenarios: { 'file: name': { steps: [] } } }).length, 1)
})

test('an entry explains what it matches and nothing else', () => {
  const [a, b] = [transcript({ a: 1, b: 1 }), transcript({ a: 2, b: 2 })]
  const entry = { id: 'a-is-two', reason: 'why', scenario: 'file: *', path: 'response.body.a', b: 2 }
  const verdict = judge(diffTranscripts(a, b), [entry], a)
  assert.deepEqual(verdict.refused.map(({ path }) => path), ['response.body.b'])
  assert.deepEqual(verdict.unused, [])
})

test('an entry that explains nothing is reported when its scenario ran', () => {
  const a = transcript({})
  const entries = [{ id: 'stale', reason: 'why', scenario: 'file: *' }, { id: 'elsewhere', reason: 'why', scenario: 'other: *' }]
  assert.deepEqual(judge([], entries, a).unused, ['stale'])
})

test('a list of patterns matches what one of them matches', () => {
  const [a, b] = [transcript({ a: 1, b: 1, c: 1 }), transcript({ a: 2, b: 2, c: 2 })]
  const entry = { id: 'two', reason: 'why', scenario: ['other: *', 'file: *'], path: ['*.a', '*.c'] }
  assert.deepEqual(judge(diffTranscripts(a, b), [entry], a).refused.map(({ path }) => path), ['response.body.b'])
})

test('an entry for one database counts on that one', () => {
  const [a, b] = [transcript({ a: 1 }, {}), transcript({ a: 2 }, {})]
  const entry = { id: 'postgres-only', reason: 'why', scenario: 'file: *', dialect: 'postgres' }
  const on = (dialect) => judge(diffTranscripts(a, b), [entry], { ...a, dialect })
  assert.deepEqual([on('postgres').refused.length, on('sqlite').refused.length], [0, 1])
  assert.deepEqual(judge([], [entry], { ...a, dialect: 'sqlite' }).unused, [])
  assert.deepEqual(judge([], [entry], { ...a, dialect: 'postgres' }).unused, ['postgres-only'])
})
