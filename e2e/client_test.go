package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// clientConfig has a client for each framework, plugins with a client's half, and a field of each kind.
const clientConfig = `database: {dialect: sqlite}
emailAndPassword: {enabled: true}
basePath: /auth
user:
  additionalFields:
    plan: {type: [free, paid]}
    age: {type: number, required: false}
    newsletter: {type: boolean, defaultValue: true}
    joined: {type: date, defaultValue: now}
    nickName: {type: string, required: false, fieldName: nickname}
    tags: {type: "string[]", required: false}
    role: {type: string, defaultValue: "it's", input: false}
    note: {type: string, required: false, returned: false}
session:
  additionalFields:
    theme: {type: string, required: false}
plugins:
  username: {displayUsername: false}
  two-factor:
  bearer:
clients:
  - {framework: vanilla, path: web/vanilla.ts, baseURL: "https://api.shop.example"}
  - {framework: react, path: web/react.ts}
  - {framework: vue, path: web/vue.ts}
  - {framework: svelte, path: web/svelte.ts}
  - {framework: solid, path: web/src/lib/solid.ts}
`

// clientUse is code of a front end. Lines behind @ts-expect-error must not compile.
const clientUse = `import { authClient } from './FILE'

export async function use() {
  await authClient.signUp.email({ name: 'Ada', email: 'ada@example.com', password: 'x', plan: 'free', age: 7, tags: ['a'], note: 'n', username: 'ada' })
  await authClient.signUp.email({ name: 'Ada', email: 'ada@example.com', password: 'x', plan: 'paid', joined: new Date(), newsletter: false })
  // @ts-expect-error a plan is required
  await authClient.signUp.email({ name: 'Ada', email: 'ada@example.com', password: 'x' })
  // @ts-expect-error there is no such plan
  await authClient.signUp.email({ name: 'Ada', email: 'ada@example.com', password: 'x', plan: 'gold' })
  // @ts-expect-error clients may not set the role
  await authClient.signUp.email({ name: 'Ada', email: 'ada@example.com', password: 'x', plan: 'free', role: 'admin' })
  await authClient.signIn.username({ username: 'ada', password: 'x' })
  await authClient.twoFactor.verifyTotp({ code: '123456' })
  await authClient.updateUser({ age: 8, plan: 'paid' })
  const { data } = await authClient.getSession()
  if (!data) return
  const plan: 'free' | 'paid' = data.user.plan
  const role: string = data.user.role
  const joined: Date = data.user.joined
  const age: number | null | undefined = data.user.age
  const theme: string | null | undefined = data.session.theme
  const username: string | null | undefined = data.user.username
  // @ts-expect-error the note stays on the server
  data.user.note.length
  // @ts-expect-error there is no name to display
  data.user.displayUsername
  return { plan, role, joined, age, theme, username }
}
`

// TestClientTypes compiles the emitted clients, and code that uses them, with Better Auth's own types.
func TestClientTypes(t *testing.T) {
	t.Parallel()
	p := setup(t)
	needNode(t)
	dir := t.TempDir()
	command{dir: dir, args: []string{"go", "mod", "init", "e2e"}}.run(t)
	write(t, filepath.Join(dir, "betterauth.yaml"), clientConfig)
	command{dir: dir, args: []string{p.cli, "generate"}}.run(t)
	for _, name := range []string{"vanilla", "react", "vue", "svelte", "src/lib/solid"} {
		use := filepath.Join(dir, "web", filepath.FromSlash(name)+"-use.ts")
		write(t, use, strings.Replace(clientUse, "FILE", filepath.Base(name), 1))
	}
	modules, err := filepath.Abs(filepath.Join("node", "node_modules"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(modules, filepath.Join(dir, "web", "node_modules")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "web", "tsconfig.json"), `{
  "compilerOptions": {
    "strict": true, "noEmit": true, "target": "es2022", "module": "esnext", "moduleResolution": "bundler",
    "lib": ["es2022", "dom"], "skipLibCheck": true, "types": [], "preserveSymlinks": true
  },
  "include": ["**/*.ts"], "exclude": ["node_modules"]
}`)
	compiler := filepath.Join(modules, "typescript", "bin", "tsc")
	command{dir: filepath.Join(dir, "web"), args: []string{"node", compiler, "-p", "."}}.run(t)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
