package generator_test

import (
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/migration/live"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// TestUpgrades regenerates projects of earlier versions. One that nobody edited becomes what this version
// generates; one with edits keeps all of them and compiles; the migrations there are stay as they are, and the
// new ones keep the rows.
func TestUpgrades(t *testing.T) {
	names := recorded(t)
	if len(names) < 3 {
		t.Fatalf("the records are %v", names)
	}
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			t.Run("as it was", func(t *testing.T) { upgradeUntouched(t, names[:i+1]) })
			t.Run("edited", func(t *testing.T) { upgradeEdited(t, names[:i+1]) })
		})
	}
}

// upgradeUntouched compares an upgraded project with one that is made anew. Files of the user's own differ: auth.go
// and the like, and the migrations.
func upgradeUntouched(t *testing.T, names []string) {
	dir := earlier(t, names)
	noAdvisories(t, dir, mustRun(t, dir).Model)
	fresh := generate(t, readFile(t, filepath.Join(dir, "betterauth.yaml")))
	lock, err := workspace.ParseLock([]byte(readFile(t, filepath.Join(fresh, workspace.LockPath))))
	if err != nil {
		t.Fatal(err)
	}
	want, got := snapshot(t, fresh), snapshot(t, dir)
	for _, e := range lock.Entries {
		if (e.Class == workspace.Gen || e.Class == workspace.Shared) && got[e.Path] != want[e.Path] {
			t.Errorf("%s is not what this version generates\n%s", e.Path, firstDifference(want[e.Path], got[e.Path]))
		}
		delete(got, e.Path)
	}
	for name := range got {
		if _, ok := want[name]; !ok && strings.HasPrefix(name, "internal/auth/") {
			t.Errorf("%s is left of the earlier version", name)
		}
	}
}

// upgradeEdited edits a project as users do, and upgrades it together with its database.
func upgradeEdited(t *testing.T, names []string) {
	dir := earlier(t, names)
	db := openDatabase(t, dir)
	migrateAll(t, dir)
	for _, statement := range []string{
		`INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt") VALUES ('u1', 'Ann', 'ann@example.com', 1, '2026-01-02T03:04:05.006Z', '2026-01-02T03:04:05.006Z')`,
		`INSERT INTO "session" ("id", "token", "userId", "expiresAt", "createdAt", "updatedAt") VALUES ('s1', 't1', 'u1', '2036-01-02T03:04:05.006Z', '2026-01-02T03:04:05.006Z', '2026-01-02T03:04:05.006Z')`,
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	want := editProject(t, dir)
	before := snapshot(t, dir)

	mustRun(t, dir)

	after := snapshot(t, dir)
	for name, texts := range want {
		for _, text := range texts {
			if !strings.Contains(after[name], text) {
				t.Errorf("%s has lost %q", name, text)
			}
		}
	}
	for _, name := range deletedFiles {
		if _, ok := after[name]; ok {
			t.Errorf("%s is back", name)
		}
	}
	for name, text := range before {
		if (strings.HasPrefix(name, "migrations/") || strings.HasPrefix(name, migration.LogDir)) && after[name] != text {
			t.Errorf("%s has changed", name)
		}
	}
	command(t, dir, "go", "build", "-trimpath", "./...")
	p := mustRun(t, dir)
	for _, a := range p.Files.Actions {
		if a.Writes() {
			t.Errorf("a second run writes %s", a.Path)
		}
	}
	migrateAll(t, dir)
	var email, session string
	var nickname sql.NullString
	err := db.QueryRowContext(t.Context(), `SELECT u."email", s."token", u."nickname" FROM "user" u JOIN "session" s ON s."userId" = u."id"`).Scan(&email, &session, &nickname)
	if err != nil || email != "ann@example.com" || session != "t1" {
		t.Errorf("the rows are %q, %q, %v", email, session, err)
	}
}

// deletedFiles are what the user of [editProject] does not want.
var deletedFiles = []string{"internal/auth/core/sign_out.go", "internal/auth/web/clientip_test.go"}

// editProject makes the edits of a user and returns texts that have to stay, by file: declarations of their own, a
// statement in a function of ours, a function moved to another file, a query with its method, a deleted file, a
// field in betterauth.yaml.
func editProject(t *testing.T, dir string) map[string][]string {
	t.Helper()
	const core = "internal/auth/core/"
	want := map[string][]string{}
	edit := func(name, old, new string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		text := readFile(t, file)
		if !strings.Contains(text, old) {
			t.Fatalf("%s has no %q", name, old)
		}
		writeFile(t, file, strings.Replace(text, old, new, 1))
		want[name] = append(want[name], strings.TrimSpace(strings.Replace(new, old, "", 1)))
	}
	for _, name := range []string{"auth", "accounts", "cookies", "handler", "hooks", "options", "session", "users", "verification"} {
		text := readFile(t, filepath.Join(dir, core+name+".go"))
		edit(core+name+".go", text, text+"\n// mine_"+name+" is the user's.\nfunc mine_"+name+"() string { return \""+name+"\" }\n")
	}
	const signUp = "func (a *Auth) SignUpEmail(ctx context.Context, call *Call, in SignUpEmailInput) (*SignUpEmailOutput, error) {\n"
	edit(core+"sign_up_email.go", signUp, signUp+"\tif in.Name == \"nobody\" { // mine\n\t\treturn nil, ErrInvalidEmail\n\t}\n")
	edit(core+"store.go", "\tUserByID(", "\tCountUsers(ctx context.Context, verified bool) (int64, error)\n\tUserByID(")
	queries := "internal/auth/store/queries/core.sql"
	text := readFile(t, filepath.Join(dir, queries))
	edit(queries, text, text+"\n-- name: CountUsers :one\nSELECT count(*) FROM \"user\" WHERE \"emailVerified\" = sqlc.arg('verified');\n")
	edit("internal/auth/auth.go", "func New(", "// Mine.\n\nfunc New(")
	edit("betterauth.yaml", "    company:", "    nickname: {type: string, required: false}\n    company:")

	leaving := filepath.Join(dir, core+"leaving.go")
	if err := os.Rename(filepath.Join(dir, core+"sign_out.go"), leaving); err != nil {
		t.Fatal(err)
	}
	writeFile(t, leaving, readFile(t, leaving)+"\nfunc mineLeaving() {}\n")
	want[core+"leaving.go"] = []string{"func mineLeaving() {}", "func (a *Auth) SignOut("}
	if err := os.Remove(filepath.Join(dir, "internal/auth/web/clientip_test.go")); err != nil {
		t.Fatal(err)
	}
	return want
}

func openDatabase(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := live.Connect(t.Context(), schema.SQLite, "file:"+filepath.Join(dir, "auth.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// migrateAll applies the migrations, and looks for drift.
func migrateAll(t *testing.T, dir string) {
	t.Helper()
	log, err := migration.LoadLog(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	folder, err := fs.Sub(os.DirFS(dir), "migrations")
	if err != nil {
		t.Fatal(err)
	}
	scripts, err := log.Scripts(folder)
	if err != nil {
		t.Fatal(err)
	}
	m, err := live.Open(t.Context(), schema.SQLite, "file:"+filepath.Join(dir, "auth.db"), scripts)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = m.Close() }()
	results, err := m.Up(t.Context())
	if err != nil || len(results) == 0 {
		t.Fatalf("migrate: %v, %v", results, err)
	}
	found, err := m.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if drift := migration.Compare(schema.SQLite, log.Schema(), found); len(drift.Differences) > 0 {
		t.Errorf("drift: %+v", drift.Differences)
	}
}
