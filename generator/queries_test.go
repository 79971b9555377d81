package generator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

const (
	authDir     = "internal/auth/"
	storeOfTest = authDir + "authtest/sqlite/"
	countUsers  = "\n-- name: CountUsers :one\nSELECT count(*) FROM %suser%[1]s WHERE %[1]semail%[1]s = sqlc.arg('email');\n"
)

// addMethod adds a method to an interface of a file.
func addMethod(t *testing.T, name, method string) {
	t.Helper()
	text := readFile(t, name)
	changed := strings.Replace(text, "interface {\n", "interface {\n\t"+method+"\n", 1)
	if text == changed {
		t.Fatalf("no interface in %s", name)
	}
	writeFile(t, name, changed)
}

// TestOwnQuery: a query that the user adds gets its adapter on a database that is a service, too. The store of
// the tests says that it lacks the query, until it has one.
func TestOwnQuery(t *testing.T) {
	for dialect, quote := range map[string]string{"postgres": `"`, "mysql": "`"} {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			dir := generate(t, "database: {dialect: "+dialect+"}\nemailAndPassword: {enabled: true}\n")
			at := func(name string) string { return filepath.Join(dir, name) }
			core := at(authDir + "store/queries/core.sql")
			own := strings.NewReplacer("%s", quote, "%[1]s", quote).Replace(countUsers)
			writeFile(t, core, readFile(t, core)+own)
			addMethod(t, at(authDir+"core/store.go"), "CountUsers(ctx context.Context, email string) (int64, error)")
			mustRun(t, dir)
			if text := readFile(t, at(authDir+"store/store_gen.go")); !strings.Contains(text, ".CountUsers(ctx, email)") {
				t.Error("the store has no adapter")
			}
			text := readFile(t, at(storeOfTest+"store_gen.go"))
			if !strings.Contains(text, `return 0, errors.New("CountUsers has no query for sqlite; add it to a file of your own in internal/auth/authtest/sqlite/queries")`) {
				t.Error("the store of the tests does not say that the query is missing")
			}

			writeFile(t, at(storeOfTest+"queries/own.sql"), strings.NewReplacer("%s", `"`, "%[1]s", `"`).Replace(countUsers))
			mustRun(t, dir)
			if text := readFile(t, at(storeOfTest+"store_gen.go")); !strings.Contains(text, ".CountUsers(ctx, email)") {
				t.Error("the store of the tests has no adapter")
			}
		})
	}
}

// TestOwnQueryFiles: queries and the Store interface may be in files of the user's.
func TestOwnQueryFiles(t *testing.T) {
	t.Parallel()
	dir := generate(t, "database: {dialect: sqlite}\nemailAndPassword: {enabled: true}\n")
	at := func(name string) string { return filepath.Join(dir, authDir, name) }
	own := strings.NewReplacer("%s", `"`, "%[1]s", `"`).Replace(countUsers)
	writeFile(t, at("store/queries/own.sql"), own)
	if err := os.Rename(at("core/store.go"), at("core/ports.go")); err != nil {
		t.Fatal(err)
	}
	addMethod(t, at("core/ports.go"), "Counts")
	writeFile(t, at("core/counts.go"), "package core\n\nimport \"context\"\n\n// Counts counts.\ntype Counts interface {\n\tCountUsers(ctx context.Context, email string) (int64, error)\n}\n")
	mustRun(t, dir)
	if text := readFile(t, at("store/store_gen.go")); !strings.Contains(text, ".CountUsers(ctx, email)") {
		t.Error("no adapter")
	}
	writeFile(t, at("store/queries/own.sql"), strings.Replace(own, "email", "nope", 1))
	if _, err := run(t.Context(), dir); err == nil || !strings.Contains(err.Error(), authDir+"store/queries/own.sql:3: error: query CountUsers") {
		t.Errorf("got %v", err)
	}
	writeFile(t, at("store/queries/own.sql"), own)
	addMethod(t, at("core/counts.go"), "fmt.Stringer")
	if _, err := run(t.Context(), dir); err == nil || !strings.Contains(err.Error(), authDir+"core/counts.go:7:2: error: Store can only embed") {
		t.Errorf("got %v", err)
	}
}

// TestConflictDeletesNothing: what sqlc makes is not reported as gone only because it was not made.
func TestConflictDeletesNothing(t *testing.T) {
	t.Parallel()
	dir := generate(t, "database: {dialect: sqlite}\nemailAndPassword: {enabled: true}\n")
	name := filepath.Join(authDir, "core/sign_out.go")
	base := filepath.Join(dir, ".betterauth/base", name+".base")
	text := readFile(t, base)
	i := strings.Index(text, "func ")
	writeFile(t, base, text[:i]+"// older\n"+text[i:])
	writeFile(t, filepath.Join(dir, name), text[:i]+"// mine\n"+text[i:])
	p, ws, err := plan(t.Context(), dir, reconcile.Choices{})
	if ws != nil {
		defer func() { _ = ws.Close() }()
	}
	if err == nil {
		t.Fatal("no conflict")
	}
	for _, a := range p.Files.Actions {
		if a.Kind == reconcile.Delete || a.Kind == reconcile.Orphan {
			t.Errorf("%s %s", a.Kind, a.Path)
		}
	}
}
