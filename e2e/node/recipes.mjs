// Runs the recipes of docs/frameworks.md: a server in Node in front of an emitted one, and a browser that signs up,
// sees its session on a page the server made, signs out and in again.
//
//   CHROMIUM=/usr/bin/chromium node recipes.mjs --exec COMMAND [--recipe hono]…
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { core } from '../configs.mjs'
import { commandOf, freePort, launch } from './lib/launch.mjs'
import { PASSWORD } from './lib/scenario.mjs'

const { values: args } = parseArgs({
  options: { exec: { type: 'string' }, recipe: { type: 'string', multiple: true, default: ['express', 'hono'] } },
})
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
let failed = 0
for (const recipe of args.recipe) {
  try {
    await run(recipe)
    console.log(`${recipe}: ok`)
  } catch (error) {
    failed++
    console.log(`${recipe}: FAILED\n${error.stack}`)
  }
}
await browser.close()
process.exit(failed ? 1 : 0)

async function run(recipe) {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  // The auth server's public address is that of the front end.
  const server = await launch({ command: commandOf(args.exec), config: core, dialect: 'sqlite', publicOrigin: origin })
  const { start } = await import(`./recipes/${recipe}.mjs`)
  const front = start(server.origin, port)
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const shows = async (expected) => {
      await page.goto(origin)
      const text = await page.textContent('p')
      if (text !== expected) throw new Error(`the page shows ${JSON.stringify(text)}, not ${JSON.stringify(expected)}`)
    }
    const post = async (path, body) => {
      const status = await page.evaluate(async ([path, body]) => {
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        return (await fetch(`/api/auth${path}`, init)).status
      }, [path, body])
      if (status !== 200) throw new Error(`${path} answered ${status}`)
    }
    await shows('signed out')
    await post('/sign-up/email', { name: 'Ada', email: 'ada@example.com', password: PASSWORD })
    await shows('hello Ada')
    await post('/sign-out', {})
    await shows('signed out')
    await post('/sign-in/email', { email: 'ada@example.com', password: PASSWORD })
    await shows('hello Ada')
    const [cookie] = await context.cookies()
    if (!cookie.httpOnly || cookie.sameSite !== 'Lax') throw new Error(`cookie ${JSON.stringify(cookie)}`)
  } finally {
    await context.close()
    front.close()
    front.closeAllConnections?.()
    await server.stop()
  }
}
