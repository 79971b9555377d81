// Runs the scenarios against a server and writes a normalised transcript.
//
//   node run.mjs --target upstream [--dialect sqlite|postgres|mysql] --out t.json
//   node run.mjs --exec './emitted-server' [--dialect …] --out t.json
//   node run.mjs --target http://127.0.0.1:3000 --mailbox FILE --config NAME --out t.json
//   … [--scenario SUBSTRING]… [--config NAME]… [--jobs N] [--verbose]
//   node run.mjs --list
import { readdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { commandOf, launch, SECRET } from './lib/launch.mjs'
import { startOAuthServer } from './oauth-server.mjs'
import { startPwnedServer } from './pwned-server.mjs'
import { Scenario } from './lib/scenario.mjs'
import { troubles } from './lib/log.mjs'

const { values: args } = parseArgs({
  options: {
    target: { type: 'string' },
    exec: { type: 'string' },
    dialect: { type: 'string', default: 'sqlite' },
    mailbox: { type: 'string' },
    secret: { type: 'string', default: SECRET },
    out: { type: 'string' },
    scenario: { type: 'string', multiple: true, default: [] },
    config: { type: 'string', multiple: true, default: [] },
    jobs: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})

const groups = await loadGroups()
if (args.list) {
  for (const { config, scenarios } of groups) for (const { name } of scenarios) console.log(`${config.name}\t${name}`)
  process.exit(0)
}

const transcript = { dialect: args.dialect, configs: {}, scenarios: {} }
const failures = []
await inParallel(Number(args.jobs), groups, runGroup)
for (const part of ['configs', 'scenarios']) transcript[part] = Object.fromEntries(Object.entries(transcript[part]).sort())

const text = JSON.stringify(transcript, null, 2) + '\n'
if (args.out) writeFileSync(args.out, text)
const steps = Object.values(transcript.scenarios).reduce((sum, s) => sum + s.steps.length, 0)
console.error(`${Object.keys(transcript.scenarios).length} scenarios, ${steps} steps, ${failures.length} broken`)
for (const failure of failures) console.error(`  ${failure}`)
process.exit(failures.length ? 1 : 0)

/** Scenario files grouped by configuration; the filters are applied. */
async function loadGroups() {
  const folder = new URL('../scenarios/', import.meta.url)
  const groups = new Map()
  for (const file of readdirSync(folder).filter((f) => f.endsWith('.mjs')).sort()) {
    const module = await import(new URL(file, folder))
    const { config } = module
    if (args.config.length && !args.config.includes(config.name)) continue
    const scenarios = Object.entries(module.scenarios)
      .map(([name, run]) => ({ name: `${file.replace(/\.mjs$/, '')}: ${name}`, run }))
      .filter(({ name }) => !args.scenario.length || args.scenario.some((part) => name.includes(part)))
    if (!scenarios.length) continue
    const group = groups.get(config.name) ?? { config, scenarios: [] }
    if (JSON.stringify(group.config) !== JSON.stringify(config)) throw new Error(`two configurations named ${config.name}`)
    group.scenarios.push(...scenarios)
    groups.set(config.name, group)
  }
  if (!groups.size) throw new Error('no scenario selected')
  return [...groups.values()]
}

// Groups share nothing, so several run at a time; most of one is waiting.
async function inParallel(jobs, items, work) {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: jobs }, worker))
}

async function runGroup({ config, scenarios }) {
  const oauth = config.social && await startOAuthServer()
  const pwned = config.plugins?.['have-i-been-pwned'] && await startPwnedServer()
  const server = await startServer(config, oauth?.origin, pwned?.origin)
  transcript.configs[config.name] = config
  const secrets = []
  try {
    for (const scenario of scenarios) secrets.push(await runScenario(server, { oauth, pwned }, config, scenario))
  } finally {
    await server.stop()
    await oauth?.stop()
    await pwned?.stop()
  }
  for (const trouble of troubles(server.output?.() ?? '', secrets)) failures.push(`${config.name}: ${trouble}`)
}

function startServer(config, oauthOrigin, pwnedOrigin) {
  if (args.target && args.target !== 'upstream') {
    if (args.config.length !== 1) throw new Error('a running target serves one configuration: name it with --config')
    return { origin: new URL(args.target).origin, mailbox: args.mailbox, stop: async () => {} }
  }
  return launch({ command: commandOf(args.exec), config, dialect: args.dialect, oauthOrigin, pwnedOrigin, verbose: args.verbose })
}

async function runScenario(server, services, config, { name, run }) {
  const t = new Scenario({
    name,
    origin: server.origin,
    secret: args.secret,
    mailbox: server.mailbox,
    ...services,
      restart: server.restart,
    run: Date.now().toString(36).slice(-6),
  })
  if (args.verbose) console.error(name)
  try {
    await run(t)
  } catch (error) {
    failures.push(`${name}: ${error.stack.split('\n').slice(0, 3).join(' ')}`)
    t.steps.push({ step: 'broken', message: t.normaliser.text(error.message) })
  }
  transcript.scenarios[name] = { config: config.name, steps: t.steps }
  return { name, secrets: t.secrets }
}
