// Callers of a server that is reached at several hosts.

/** A page of the application at `host`. */
export function at(t, host, jar, protocol = 'https') {
  const caller = t.curl(jar)
  Object.assign(caller.headers, {
    host, origin: `${protocol}://${host}`, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty',
  })
  return caller
}

/** Ada asks for a new password at each host, and notes where the links lead. She must have signed up. */
export async function linksAt(t, hosts, headers = {}) {
  for (const host of hosts) {
    const answer = await at(t, host).post('/request-password-reset', { email: t.email('ada') }, {
      label: `a link at ${host}`, headers: { ...headers, origin: undefined },
    })
    if (answer.status === 200) await t.mail('reset-password', t.email('ada'))
  }
}
