package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A configuration is an entry of configs.mjs.
type configuration struct {
	name     string
	json     json.RawMessage
	database bool // whether it has one
	sqlite   bool // whether SQLite is enough
}

// configurations returns the entries of configs.mjs.
func configurations(t *testing.T) []configuration {
	t.Helper()
	script := `import * as all from '../configs.mjs'; console.log(JSON.stringify(Object.values(all)))`
	out := command{dir: "node", args: []string{"node", "--input-type=module", "--eval", script}}.run(t)
	var entries []json.RawMessage
	if err := json.Unmarshal([]byte(out), &entries); err != nil {
		t.Fatal(err)
	}
	list := make([]configuration, len(entries))
	for i, entry := range entries {
		var read struct {
			Name    string
			Sqlite  bool
			Options struct{ Database struct{ Dialect string } }
		}
		if err := json.Unmarshal(entry, &read); err != nil {
			t.Fatal(err)
		}
		list[i] = configuration{read.Name, entry, read.Options.Database.Dialect != "none", read.Sqlite}
	}
	return list
}

// supported returns the configurations that run here on a dialect. Those without a database run once, beside SQLite's, and
// so do those that say nothing new about other databases, unless E2E_EVERYWHERE is set.
func supported(t *testing.T, dialect string) []configuration {
	t.Helper()
	redis := os.Getenv("TEST_REDIS_URL") != "" || os.Getenv("CI_SERVICES") == "1"
	everywhere := os.Getenv("E2E_EVERYWHERE") != ""
	return slices.DeleteFunc(configurations(t), func(c configuration) bool {
		once := !c.database || c.sqlite && !everywhere
		return once && dialect != "sqlite" || strings.HasPrefix(c.name, "redis") && !redis
	})
}

// building keeps two tests from building the same application.
var building sync.Map

// build makes the server for a configuration, so that starting it is quick.
func (p programs) build(t *testing.T, c configuration, dialect string) (string, error) {
	t.Helper()
	lock, _ := building.LoadOrStore(dialect+"-"+c.name, new(sync.Mutex))
	lock.(*sync.Mutex).Lock()
	defer lock.(*sync.Mutex).Unlock()
	file := filepath.Join(t.TempDir(), "config.json")
	if err := os.WriteFile(file, c.json, 0o600); err != nil {
		t.Fatal(err)
	}
	env := append(p.env(), "E2E_CONFIG="+file, "DATABASE_URL="+dialect+":")
	return command{env: env, args: []string{p.serve, "-build"}}.try(t)
}

// mustBuild builds the named configurations.
func (p programs) mustBuild(t *testing.T, dialect string, names ...string) {
	t.Helper()
	for _, c := range supported(t, dialect) {
		if !slices.Contains(names, c.name) {
			continue
		}
		if out, err := p.build(t, c, dialect); err != nil {
			t.Fatalf("building %s for %s: %v\n%s", c.name, dialect, err, out)
		}
	}
}
