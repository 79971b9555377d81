package e2e_test

import (
	"os"
	"strings"
	"testing"
)

// TestEmittedTrees runs the tests of emitted trees the way a user does who has no database server: they
// need none, whatever the dialect.
func TestEmittedTrees(t *testing.T) {
	t.Parallel()
	p := setup(t)
	const every = "username,two-factor,bearer,generic-oauth,have-i-been-pwned"
	for _, tree := range []struct{ name, dialect, framework, plugins string }{
		{"sqlite", "sqlite", "nethttp", every},
		{"postgres and gin", "postgres", "gin", every},
		{"mysql and echo without plugins", "mysql", "echo", ""},
		{"no database and fiber", "none", "fiber", "bearer,generic-oauth"},
	} {
		t.Run(tree.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			args := []string{p.cli, "init", "--yes", "--module", "example.com/emitted", "--dialect", tree.dialect,
				"--framework", tree.framework, "--plugins", tree.plugins}
			if tree.plugins == every || tree.dialect == "none" {
				args = append(args, "--providers", "google,apple,github")
			}
			args = append(args, ".")
			bare := withoutServices(t)
			command{dir: dir, env: bare, args: args}.run(t)
			if out := (command{dir: dir, args: []string{"gofmt", "-l", "."}}).run(t); out != "" {
				t.Errorf("not gofmt clean:\n%s", out)
			}
			command{dir: dir, env: bare, args: []string{"go", "vet", "-trimpath", "./..."}}.run(t)
			out := command{dir: dir, env: bare, args: []string{"go", "test", "-trimpath", "./..."}}.run(t)
			t.Log(out)
			if strings.Count(out, "\nok ") < 5 {
				t.Error("the tree has hardly any tests")
			}
			command{dir: dir, env: bare, args: []string{p.cli, "generate", "--check"}}.run(t)
		})
	}
}

// withoutServices empties every variable that names a service or configures an auth server.
func withoutServices(t *testing.T) []string {
	t.Helper()
	var env []string
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "TEST_") || strings.HasPrefix(name, "BETTER_AUTH") || name == "DATABASE_URL" || name == "CI_SERVICES" {
			env = append(env, name+"=")
		}
	}
	return env
}
