// The page of the recipes without a template language: who is signed in, and the npm client as window.authClient.
export const page = (session) => `<!doctype html><link rel="icon" href="data:,"><title>recipe</title>
<p>${session ? `hello ${session.user.name}` : 'signed out'}</p><script type="module" src="/client.js"></script>`
