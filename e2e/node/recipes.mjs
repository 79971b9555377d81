// Runs the recipes of docs/frameworks.md: a server in Node in front of an emitted one, and a browser in which somebody
// signs up, sees their name on pages the server made, signs out and in again.
//
//   CHROMIUM=/usr/bin/chromium node recipes.mjs --exec COMMAND [--recipe nuxt]…
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cookieCache } from '../configs.mjs'
import { openBrowser } from './lib/browser.mjs'
import { commandOf, freePort, launch, SECRET } from './lib/launch.mjs'
import { PASSWORD } from './lib/scenario.mjs'
import { call, visit } from './lib/site.mjs'

// What a browser, or a proxy in front, writes into X-Forwarded-For.
const FORWARDED = '203.0.113.7'
// How each is built and started, its pages besides / and /members, and whose address the auth server is told; the folder
// it runs in, where it has packages of its own: make recipes installs them.
const RECIPES = {
  express: { start: ['recipes/express/server.js'] },
  hono: { start: ['recipes/hono/server.js'] },
  next: {
    build: ['node_modules/next/dist/bin/next', 'build', 'recipes/next'],
    start: ['node_modules/next/dist/bin/next', 'start', 'recipes/next', '--hostname', '127.0.0.1'],
    pages: ['/classic'],
    address: FORWARDED,
  },
  astro: {
    build: ['node_modules/astro/astro.js', 'build', '--root', 'recipes/astro'],
    start: ['recipes/astro/dist/server/entry.mjs'],
    address: FORWARDED,
  },
  nuxt: { folder: 'recipes/nuxt', build: ['node_modules/nuxt/bin/nuxt.mjs', 'build'], start: ['.output/server/index.mjs'] },
  sveltekit: { folder: 'recipes/sveltekit', build: ['node_modules/vite/bin/vite.js', 'build'], start: ['build/index.js'] },
  solidstart: { folder: 'recipes/solidstart', build: ['node_modules/vinxi/bin/cli.mjs', 'build'], start: ['.output/server/index.mjs'] },
  tanstack: {
    folder: 'recipes/tanstack',
    build: ['node_modules/vite/bin/vite.js', 'build'],
    start: ['node_modules/srvx/bin/srvx.mjs', '--prod', '--static', '../client', 'dist/server/server.js'],
  },
  workers: { folder: 'recipes/workers', start: ['node_modules/wrangler/bin/wrangler.js', 'dev', '--ip', '127.0.0.1', '--port', 'PORT'] },
}
// They tell nobody that they ran, and leave nothing outside this folder. Wrangler gives a Worker the variables it has itself.
const ENVIRONMENT = {
  NODE_ENV: 'production',
  XDG_CONFIG_HOME: join(import.meta.dirname, 'node_modules/.cache'),
  NEXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false', WRANGLER_SEND_ERROR_REPORTS: 'false', WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false', CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true',
}
const TOKEN = 'better-auth.session_token'
const COPY = 'better-auth.session_data'

const { values: args } = parseArgs({
  options: { exec: { type: 'string' }, recipe: { type: 'string', multiple: true, default: ['express', 'hono', 'next', 'astro'] } },
})
const browser = await openBrowser()
let failed = 0
for (const name of args.recipe) {
  const began = Date.now()
  try {
    await run(RECIPES[name])
    console.log(`${name}: ok, ${((Date.now() - began) / 1000).toFixed(1)} s`)
  } catch (error) {
    failed++
    console.log(`${name}: FAILED\n${error.stack}`)
  }
}
await browser.close()
process.exit(failed ? 1 : 0)

async function run(recipe) {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  // The auth server's public address is that of the front end.
  const server = await launch({ command: commandOf(args.exec), config: cookieCache, dialect: 'sqlite', publicOrigin: origin })
  const env = { AUTH_SERVER: server.origin, BETTER_AUTH_SECRET: SECRET, BETTER_AUTH_URL: origin, PORT: port, HOST: '127.0.0.1' }
  const context = await browser.newContext({ extraHTTPHeaders: { 'x-forwarded-for': FORWARDED } })
  let front
  try {
    if (recipe.build) await node(recipe.build, env, recipe.folder).succeeds()
    front = node(recipe.start, env, recipe.folder)
    await front.answers(origin)
    await tour(await context.newPage(), origin, recipe)
  } finally {
    await context.close()
    await front?.stop()
    await server.stop()
  }
}

async function tour(page, origin, { pages = [], address = '127.0.0.1' }) {
  const context = page.context()
  const shows = async (path, expected) => {
    const made = await (await context.request.get(origin + path)).text() // before any script ran
    assert.ok(made.includes(`>${expected}<`), `${path} shows no ${expected}: ${made}`)
    await visit(page, origin + path)
    assert.equal(page.url(), origin + path)
    assert.equal(await page.textContent('p'), expected, path)
  }
  const succeeds = async (method, parameters) => assert.equal((await call(page, method, parameters)).error, null, method)
  const refusesMembers = async () => {
    await visit(page, `${origin}/members`)
    assert.equal(page.url(), `${origin}/`)
  }

  const link = await context.request.get(`${origin}/api/auth/verify-email?token=none&callbackURL=/late`, { maxRedirects: 0 })
  assert.equal(`${link.status()} ${link.headers().location}`, '302 /late?error=INVALID_TOKEN')
  // Sign-in with Apple comes back as a form of another origin.
  const form = await context.request.post(`${origin}/api/auth/callback/apple`, {
    form: { code: 'x', state: 'y' }, headers: { origin: 'https://appleid.apple.com' }, maxRedirects: 0,
  })
  assert.equal(`${form.status()} ${form.headers().location}`, `302 ${origin}/api/auth/callback/apple?code=x&state=y`)
  for (const path of ['/', ...pages]) await shows(path, 'signed out')
  await refusesMembers()
  await succeeds('signUp.email', { name: 'Ada', email: 'ada@example.com', password: PASSWORD })
  for (const path of ['/', '/members', ...pages]) await shows(path, 'hello Ada')
  await succeeds('signOut')
  await shows('/', 'signed out')
  await refusesMembers()
  await succeeds('signIn.email', { email: 'ada@example.com', password: PASSWORD })
  for (const path of ['/', '/members', ...pages]) await shows(path, 'hello Ada')
  const { data } = await call(page, 'getSession')
  assert.equal(data.user.email, 'ada@example.com')
  assert.equal(data.session.ipAddress, address)

  const cookies = Object.fromEntries((await context.cookies()).map((cookie) => [cookie.name, cookie]))
  for (const name of [TOKEN, COPY]) assert.ok(cookies[name].httpOnly && cookies[name].sameSite === 'Lax', JSON.stringify(cookies[name]))
  // At the edge a copy of the session counts by its signature; the page asks the auth server, to which it is none.
  await context.clearCookies({ name: TOKEN })
  await shows('/members', 'signed out')
  await context.addCookies([{ ...cookies[COPY], value: `X${cookies[COPY].value.slice(1)}` }])
  await refusesMembers()
}

/** Runs a program of Node in a folder of this one; PORT in its arguments is that of the environment. */
function node(command, env, folder = '.') {
  const child = spawn(process.execPath, command.map((argument) => argument === 'PORT' ? env.PORT : argument), {
    cwd: join(import.meta.dirname, folder),
    env: { ...process.env, ...ENVIRONMENT, ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { output += text })
  const exited = once(child, 'exit')
  return {
    async succeeds() {
      const [code] = await exited
      if (code !== 0) throw new Error(`${command.join(' ')} ended with code ${code}\n${output}`)
    },
    async answers(origin) {
      for (const until = Date.now() + 60_000; Date.now() < until && child.exitCode === null;) {
        if (await fetch(origin).then((answer) => answer.ok, () => false)) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error(`${command.join(' ')} does not answer\n${output}`)
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
