// Compares two transcripts; exits 1 when they differ in a way nobody allowed.
//
//   node compare.mjs a.json b.json [--allow ../allowed-differences.json]
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { diffTranscripts, judge } from './lib/diff.mjs'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { allow: { type: 'string' } } })
if (positionals.length !== 2) {
  console.error('usage: node compare.mjs a.json b.json [--allow FILE]')
  process.exit(2)
}
const read = (file) => JSON.parse(readFileSync(file, 'utf8'))
const [a, b] = positionals.map(read)
const allowed = values.allow ? read(values.allow) : []
checkList(allowed)

const differences = diffTranscripts(a, b)
const { refused, unused, used } = judge(differences, allowed, a)

let heading
for (const { scenario, step, path, a: left, b: right } of refused) {
  const next = `${scenario}\n  ${step}`
  if (next !== heading) console.log(heading = next)
  console.log(`    ${path}\n      - ${show(left)}\n      + ${show(right)}`)
}
for (const id of unused) console.log(`allowed difference ${id} explains nothing: remove it`)

const scenarios = Object.keys(a.scenarios).length
const steps = Object.values(a.scenarios).reduce((sum, { steps }) => sum + steps.length, 0)
console.error(`${scenarios} scenarios, ${steps} steps: ${refused.length} differences, ${differences.length - refused.length} allowed by ${used.length} entries, ${unused.length} entries unused`)
process.exit(refused.length || unused.length ? 1 : 0)

function show(value) {
  return value === undefined ? '(absent)' : JSON.stringify(value)
}

// Each entry has a reason, or is another place of an entry that has one.
function checkList(list) {
  const ids = new Set()
  for (const { id } of list) {
    if (!id) throw new Error('allowed difference without id')
    if (ids.has(id)) throw new Error(`allowed difference ${id} is listed twice`)
    ids.add(id)
  }
  for (const { id, reason, as } of list) {
    if (Boolean(reason) === Boolean(as)) throw new Error(`allowed difference ${id} needs a reason, or the id of the entry that has it`)
    if (as && !list.some((other) => other.id === as && other.reason)) throw new Error(`allowed difference ${id} refers to ${as}, which gives no reason`)
  }
}
