package query_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/emit"
	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

const appModule = "example.com/app"

// TestExercise generates a module for each dialect and schema and runs testdata/exercise in it: every
// query against a real database. PostgreSQL and MySQL run when TEST_POSTGRES_URL and TEST_MYSQL_URL
// name a database, whose tables are dropped.
func TestExercise(t *testing.T) {
	if testing.Short() {
		t.Skip("builds six modules")
	}
	urls := map[schema.Dialect]string{
		schema.SQLite:   ":memory:",
		schema.Postgres: os.Getenv("TEST_POSTGRES_URL"),
		schema.MySQL:    os.Getenv("TEST_MYSQL_URL"),
	}
	for _, d := range schema.Dialects() {
		for name, s := range map[string]schema.Schema{"plain": referenceSchema(), "custom": customSchema()} {
			t.Run(d.String()+"/"+name, func(t *testing.T) {
				dir := app(t, d, s, name)
				if urls[d] == "" {
					run(t, dir, "", "go", "vet", "./...")
					t.Skipf("compiled only: no TEST_%s_URL", strings.ToUpper(d.String()))
				}
				run(t, dir, urls[d], "go", "test", "-count=1", "./exercise")
			})
		}
	}
}

// app writes the module: model, core's interface, store, and the exercise.
func app(t *testing.T, d schema.Dialect, s schema.Schema, variant string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		copyFile(t, filepath.Join(root, name), filepath.Join(dir, name))
	}
	copyGo(t, "templates/auth/model", filepath.Join(dir, "internal/auth/model"), "*.go")
	copyGo(t, "templates/auth/core", filepath.Join(dir, "internal/auth/core"), "store.go")
	copyGo(t, "templates/stores/"+d.String(), filepath.Join(dir, "internal/auth/store"), "*.go")
	copyGo(t, "generator/query/testdata/contracts/twofactor", filepath.Join(dir, "internal/auth/twofactor"), "*.go")
	copyGo(t, "generator/query/testdata/contracts/username", filepath.Join(dir, "internal/auth/username"), "*.go")
	for _, name := range []string{"exercise", d.String(), variant} {
		copyGo(t, "generator/query/testdata/exercise", filepath.Join(dir, "exercise"), name+"_test.go")
	}

	model, err := emit.Model(s, d)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "internal/auth/model/model_gen.go"), model)
	files, err := query.Generate(t.Context(), appInput(t, d, s))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		write(t, filepath.Join(dir, "internal/auth/store", name), text)
	}
	return dir
}

// appInput asks for all three interfaces.
func appInput(t *testing.T, d schema.Dialect, s schema.Schema) query.Input {
	t.Helper()
	in := query.Input{
		Dialect: d, Schema: s,
		ModelImport: appModule + "/internal/auth/model",
		DBImport:    appModule + "/internal/auth/store/db",
	}
	for _, p := range []struct{ name, pkg, templates, contract string }{
		{"core", "core", "templates/queries", "templates/auth/core"},
		{"username", "username", "plugins/username/queries", "generator/query/testdata/contracts/username"},
		{"two-factor", "twofactor", "plugins/twofactor/queries", "generator/query/testdata/contracts/twofactor"},
	} {
		c := contract(t, p.contract)
		c.Import = appModule + "/internal/auth/" + p.pkg
		in.Sources = append(in.Sources, query.Source{
			Name: p.name, Templates: os.DirFS(filepath.Join(root, p.templates)), Contract: c,
		})
	}
	return in
}

// copyGo copies the files that are not generated, moving their imports to the module.
func copyGo(t *testing.T, from, to, pattern string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(root, from, pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("no %s in %s", pattern, from)
	}
	for _, name := range names {
		copyFile(t, name, filepath.Join(to, filepath.Base(name)))
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	moved := strings.NewReplacer(
		module+"/templates/stores/sqlite", appModule+"/internal/auth/store",
		module+"/templates/stores/postgres", appModule+"/internal/auth/store",
		module+"/templates/stores/mysql", appModule+"/internal/auth/store",
		module+"/templates/auth", appModule+"/internal/auth",
		"module "+module, "module "+appModule,
	).Replace(string(text))
	write(t, to, []byte(moved))
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, dir, url string, command ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "EXERCISE_URL="+url, "GOFLAGS=-mod=mod", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, out)
	}
}
