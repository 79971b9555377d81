// People with accounts at the provider of the scenarios, and their way through a sign-in.

/** Somebody whose address the provider vouches for; `claims` and `more` change that. */
export function person(t, name, claims = {}, more = {}) {
  const subject = t.username(name)
  return {
    claims: {
      id: subject, sub: subject, email: t.email(name), email_verified: true, name, picture: `https://pictures.example/${name}`,
      ...claims,
    },
    ...more,
  }
}

/** Asks for the page of a provider and answers it. */
export async function begin(browser, provider, body = {}, path = '/sign-in/social') {
  const { json } = await browser.post(path, { provider, callbackURL: '/inside', errorCallbackURL: '/failed', ...body })
  return json?.url
}

/** The way back from the page, once somebody has agreed there. */
export function end(t, browser, page, who, parameters) {
  return browser.open(t.oauth.agree(page, who, parameters))
}

/** A whole sign-in. */
export async function through(t, browser, provider, who, body, path) {
  return end(t, browser, await begin(browser, provider, body, path), who)
}

export const link = (t, browser, provider, who, body) => through(t, browser, provider, who, body, '/link-social')

/** Proves the address of a user by mail. */
export async function verified(t, name) {
  const browser = await t.signedUp(name)
  await browser.post('/send-verification-email', { email: t.email(name) })
  await browser.open((await t.mail('verification', t.email(name))).url)
  return browser
}

/** The id of a browser's account with a provider. */
export async function accountAt(browser, provider) {
  const { json } = await browser.get('/list-accounts')
  return json.find((account) => account.providerId === provider)?.id
}
