// Chromium without a window. It reaches nothing but this machine, so that a page that needs the network fails here, too.
import { chromium } from 'playwright-core'

export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
  })
}

/** Runs checks at the same time, each in a browser profile of its own, and answers how many failed. */
export async function runChecks(checks) {
  const browser = await openBrowser()
  const passed = await Promise.all(checks.map((check) => runCheck(browser, check)))
  await browser.close()
  return passed.filter((ok) => !ok).length
}

async function runCheck(browser, check) {
  const context = await browser.newContext()
  try {
    await check(await context.newPage(), context)
    console.log(`${check.name}: ok`)
    return true
  } catch (error) {
    console.log(`${check.name}: FAILED\n${error.stack}`)
    return false
  } finally {
    await context.close()
  }
}
