// What the log of a server under test tells after the run.

/**
 * @param {string} log everything the server printed
 * @param {{name: string, secrets: import('./secrets.mjs').Secrets}[]} scenarios
 * @returns {string[]} a sentence for each thing that must not be there
 */
export function troubles(log, scenarios) {
  const found = []
  for (const { name, secrets } of scenarios) {
    for (const address of secrets.leaks) found.push(`"${name}" was sent to an address with a session in it: ${address}`)
    for (const secret of secrets.foundIn(log)) found.push(`the log holds a secret of "${name}": ${lineWith(log, secret)}`)
  }
  for (const sign of ['WARNING: DATA RACE', 'panic: ', 'fatal error: ', 'msg=panic', 'ERROR panic']) {
    if (log.includes(sign)) found.push(`the log holds ${JSON.stringify(sign)}:\n${log.slice(log.indexOf(sign)).slice(0, 3000)}`)
  }
  return found
}

function lineWith(log, text) {
  return log.split('\n').find((line) => line.includes(text)) ?? JSON.stringify(text)
}
