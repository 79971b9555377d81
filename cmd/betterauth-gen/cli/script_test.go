package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/cli"
	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

// TestMain makes the test binary the command it tests, and the sqlc that command starts.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == query.Child {
		os.Exit(query.RunChild(os.Args[2:]))
	}
	testscript.Main(m, map[string]func(){
		"betterauth-gen": func() { os.Exit(cli.Main(all.Plugins()...)) },
	})
}

func TestScripts(t *testing.T) {
	env := goEnvironment(t)
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("..", "..", "..", "testdata", "script"),
		Setup: func(e *testscript.Env) error {
			for _, variable := range env {
				name, value, _ := strings.Cut(variable, "=")
				e.Setenv(name, value)
			}
			return nil
		},
	})
}

// goEnvironment lets the go command of a script use the caches of this one: scripts have a home of
// their own.
func goEnvironment(t *testing.T) []string {
	t.Helper()
	names := []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GONOSUMDB", "GONOSUMCHECK", "GOSUMDB", "GOFLAGS", "GOTOOLCHAIN"}
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	values := strings.Split(string(out), "\n")
	env := make([]string, 0, len(names))
	for i, name := range names {
		if i < len(values) && values[i] != "" {
			env = append(env, name+"="+values[i])
		}
	}
	return env
}
