// Package e2e_test runs emitted servers: against Better Auth in Node, on databases Better Auth filled, with
// its browser clients, and through the life of an application. README.md says what it needs; with
// CI_SERVICES=1 nothing of that may be missing.
package e2e_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// dialects are the databases every proof runs on.
var dialects = []string{"sqlite", "postgres", "mysql"}

// programs are what is under test: the command line, and the launcher of emitted servers.
type programs struct {
	root  string // of the repository
	cli   string
	serve string
	work  string // emitted applications, kept between runs
}

// built compiles the programs once.
var built = sync.OnceValues(func() (programs, error) {
	root, err := filepath.Abs("..")
	if err != nil {
		return programs{}, err
	}
	cache := filepath.Join(root, ".cache", "e2e")
	p := programs{root: root, cli: filepath.Join(cache, "betterauth-gen"), serve: filepath.Join(cache, "serve"), work: filepath.Join(cache, "apps")}
	if err := os.MkdirAll(p.work, 0o755); err != nil {
		return p, err
	}
	for target, pkg := range map[string]string{p.cli: "./cmd/betterauth-gen", p.serve: "./e2e/serve"} {
		cmd := exec.Command("go", "build", "-o", target, pkg)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			return p, errors.New("go build " + pkg + ": " + string(out))
		}
	}
	return p, nil
})

// setup returns the programs. In short mode there is no end-to-end test.
func setup(t *testing.T) programs {
	t.Helper()
	if testing.Short() {
		t.Skip("end-to-end tests take minutes; not in short mode")
	}
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// need skips a test that lacks something, or fails it where everything has to be there.
func need(t *testing.T, ok bool, what, remedy string) {
	t.Helper()
	if ok {
		return
	}
	if os.Getenv("CI_SERVICES") == "1" {
		t.Fatalf("CI_SERVICES=1 but there is no %s: %s", what, remedy)
	}
	t.Skipf("no %s: %s", what, remedy)
}

// needNode asks for Node and the packages of the lock file.
func needNode(t *testing.T) {
	t.Helper()
	_, err := exec.LookPath("node")
	_, missing := os.Stat(filepath.Join("node", "node_modules", "better-auth"))
	need(t, err == nil && missing == nil, "Node with the packages of e2e/node", "scripts/node.sh")
}

// onEachDialect runs a test on every database, at the same time.
func onEachDialect(t *testing.T, test func(t *testing.T, dialect string)) {
	t.Helper()
	onDialects(t, dialects, test)
}

// onDialects runs a test on some databases, at the same time.
func onDialects(t *testing.T, dialects []string, test func(t *testing.T, dialect string)) {
	t.Helper()
	for _, dialect := range dialects {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			if variable := serverURL[dialect]; variable != "" {
				need(t, os.Getenv(variable) != "", variable, `scripts/services.sh up && eval "$(scripts/services.sh env)"`)
			}
			test(t, dialect)
		})
	}
}

// A command is one run of a program, with what it changes in the environment.
type command struct {
	dir  string
	env  []string
	args []string
}

// try runs a command and returns what it printed.
func (c command) try(t *testing.T) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), c.args[0], c.args[1:]...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), c.env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// run runs a command that has to succeed.
func (c command) run(t *testing.T) string {
	t.Helper()
	out, err := c.try(t)
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(c.args, " "), err, out)
	}
	return out
}

// node returns a run of a script of e2e/node with servers that the launcher starts.
func (p programs) node(script string, args ...string) command {
	return command{dir: "node", env: p.env(), args: append([]string{"node", script}, args...)}
}

// env is what the launcher needs. Servers are built with the race detector; E2E_RACE=0 saves the time.
func (p programs) env() []string {
	race := "1"
	if os.Getenv("E2E_RACE") == "0" {
		race = "0"
	}
	return []string{"E2E_BIN=" + p.cli, "E2E_WORK=" + p.work, "E2E_RACE=" + race}
}
