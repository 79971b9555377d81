// Mounts the React, Vue, Svelte and Solid clients in a page and checks that
// their session stores follow sign-up, update, sign-out and sign-in.
//
//   node frameworks.mjs --target URL|upstream [--framework react]…
//   node frameworks.mjs --exec COMMAND [--dialect sqlite|postgres|mysql] [--framework react]…
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { core } from '../configs.mjs'
import { commandOf, launch } from './lib/launch.mjs'

const ALL = ['react', 'vue', 'svelte', 'solid']
const { values: args } = parseArgs({
  options: {
    target: { type: 'string', default: 'upstream' },
    exec: { type: 'string' },
    dialect: { type: 'string', default: 'sqlite' },
    framework: { type: 'string', multiple: true, default: ALL },
    inside: { type: 'string' },
  },
})

if (args.inside) await runInside(args.inside, args.target)
else await runAll()

// Each framework gets a process of its own: every one of them keeps global
// state, and Solid's reactive build is only chosen under the browser condition.
async function runAll() {
  const server = args.exec || args.target === 'upstream'
    ? await launch({ command: commandOf(args.exec), config: core, dialect: args.dialect })
    : { origin: new URL(args.target).origin, stop: async () => {} }
  let failed = 0
  for (const framework of args.framework) {
    const { status } = spawnInside(framework, server.origin)
    console.log(`${framework}: ${status === 0 ? 'ok' : 'FAILED'}`)
    if (status !== 0) failed++
  }
  await server.stop()
  process.exit(failed ? 1 : 0)
}

function spawnInside(framework, origin) {
  const self = new URL(import.meta.url).pathname
  return spawnSync(process.execPath, ['--conditions=browser', self, '--inside', framework, '--target', origin], { stdio: 'inherit' })
}

async function runInside(framework, origin) {
  if (!ALL.includes(framework)) throw new Error(`unknown framework ${framework}`)
  const { openPage, story } = await import('./frameworks/shared.mjs')
  const page = openPage(origin)
  const { mount } = await import(`./frameworks/${framework}.mjs`)
  const { client, text, unmount } = mount(origin, page.root)
  await story(client, text)
  unmount()
  await page.close()
  process.exit(0)
}
