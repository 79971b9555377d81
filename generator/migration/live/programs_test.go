package live

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/mysql"
	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/sqlite"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// programs are the migration programs whose files we write, as the go command installs them. make programs sets
// BETTERAUTH_PROGRAMS: building them takes minutes, the first time.
var programs = map[string][]string{
	"goose":   {"-tags", "no_clickhouse,no_libsql,no_mssql,no_vertica,no_ydb", "github.com/pressly/goose/v3/cmd/goose@v3.29.0"},
	"migrate": {"-tags", "postgres,mysql,sqlite", "github.com/golang-migrate/migrate/v4/cmd/migrate@v4.20.1"},
}

// install builds a program and returns its path.
func install(t *testing.T, name string) string {
	t.Helper()
	needPrograms(t)
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"install"}, programs[name]...)...)
	cmd.Env = append(os.Environ(), "GOBIN="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("install %s: %v\n%s", name, err, out)
	}
	return filepath.Join(dir, name)
}

func needPrograms(t *testing.T) {
	t.Helper()
	if os.Getenv("BETTERAUTH_PROGRAMS") == "" {
		t.Skip("NOT TESTED: make programs builds the programs and runs this")
	}
}

// story is a project with an initial migration, one that adds a plugin, and one that makes an index, a foreign key
// and required columns on a table with rows: on SQLite a rebuild, on PostgreSQL a file of its own.
func story(t *testing.T, d schema.Dialect, format string) (p *project, target schema.Schema) {
	target = withPlugin()
	target = edited(target, "user", func(t *schema.Table) {
		t.Columns = append(t.Columns, now(column("seenAt", schema.Date)), required(column("motto", schema.String), "it's -- a; \\ \"text\""),
			references(indexed(column("bossId", schema.String)), "user", "set null"))
	})
	p = newProject(t, d)
	p.format = format
	p.write(schema.Diff(schema.Schema{}, schema.Core(), schema.DiffOptions{}).Changes)
	p.write(schema.Diff(p.log.Schema(), withPlugin(), schema.DiffOptions{}).Changes)
	p.write(schema.Diff(p.log.Schema(), target, schema.DiffOptions{}).Changes)
	return p, target
}

// without leaves out the tables in which programs keep count.
func without(structure string) string {
	lines := slices.DeleteFunc(strings.Split(structure, "\n"), func(line string) bool {
		return strings.Contains(line, "schema_migrations") || strings.Contains(line, "atlas_schema_revisions")
	})
	return strings.Join(lines, "\n")
}

func execute(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(name), strings.Join(args, " "), err, out)
	}
}

// TestGooseProgram has goose apply our files, all of them and after some of ours, and take them back.
func TestGooseProgram(t *testing.T) {
	goose := install(t, "goose")
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		for _, ours := range []int{0, 1} { // that betterauth-gen has applied before
			p, target := story(t, d, "goose")
			if ours > 0 {
				p.upTo(ours)
				insertRows(t, d, p.db, schema.Core())
			}
			_, dsn, err := dataSource(d, p.url)
			if err != nil {
				t.Fatal(err)
			}
			name := map[schema.Dialect]string{schema.SQLite: "sqlite3", schema.Postgres: "postgres", schema.MySQL: "mysql"}[d]
			args := []string{"-table", VersionTable, "-dir", filepath.Join(p.onDisk(), "migrations"), name, dsn}
			execute(t, goose, append(args, "up")...)
			alike(t, d, "goose up", structure(t, d, p.db), created(t, d, target))
			if pending, err := p.open().Pending(t.Context()); err != nil || len(pending) > 0 {
				t.Errorf("pending after goose: %v, %v", pending, err)
			}
			if drift := compare(t, p); len(drift.Differences) > 0 {
				t.Errorf("drift after goose: %+v", drift)
			}
			execute(t, goose, append(args, "down-to", "0")...)
			alike(t, d, "goose down", structure(t, d, p.db), "")
		}
	})
}

// TestGolangMigrateProgram has migrate apply our files and take them back, and reads its count.
func TestGolangMigrateProgram(t *testing.T) {
	program := install(t, "migrate")
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		p, target := story(t, d, "golang-migrate")
		args := []string{"-path", filepath.Join(p.onDisk(), "migrations"), "-database", golangMigrateURL(t, d, p.url)}
		applied := func() (n int) {
			all, err := p.open().StatusOf(t.Context(), "golang-migrate")
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range all {
				if s.Applied {
					n++
				}
			}
			return n
		}
		execute(t, program, append(args, "up", "1")...)
		insertRows(t, d, p.db, schema.Core())
		if n := applied(); n != 1 {
			t.Errorf("%d are applied, want 1", n)
		}
		execute(t, program, append(args, "up")...)
		alike(t, d, "migrate up", without(structure(t, d, p.db)), created(t, d, target))
		if n := applied(); n != len(p.log.Entries) {
			t.Errorf("%d are applied, want %d", n, len(p.log.Entries))
		}
		if drift := compare(t, p); len(drift.Differences) > 0 {
			t.Errorf("drift after migrate: %+v", drift)
		}
		if got := query(t, p.db, "SELECT count(*) FROM session"); got[0] != "1" {
			t.Errorf("%s sessions, want 1", got[0])
		}
		execute(t, program, append(args, "down", "-all")...)
		alike(t, d, "migrate down", without(structure(t, d, p.db)), "")
	})
}

// golangMigrateURL writes a URL the way migrate has it, with what our files ask for.
func golangMigrateURL(t *testing.T, d schema.Dialect, databaseURL string) string {
	t.Helper()
	switch d {
	case schema.SQLite:
		return "sqlite://" + strings.TrimPrefix(databaseURL, "file:") + "?x-no-tx-wrap=true"
	case schema.MySQL:
		u, err := url.Parse(databaseURL)
		if err != nil {
			t.Fatal("the URL does not parse")
		}
		return "mysql://" + u.User.String() + "@tcp(" + u.Host + ")" + u.Path + "?multiStatements=true"
	}
	return databaseURL
}

// atlasModule builds Atlas's program, of which this is the newest that the module proxy has whole; its x/tools is
// too old for the compiler.
const atlasModule = `module programs

go 1.26

require (
	ariga.io/atlas/cmd/atlas v0.13.1
	golang.org/x/tools v0.30.0
)
`

// TestAtlasProgram has atlas apply our files, and reads its count.
func TestAtlasProgram(t *testing.T) {
	needPrograms(t)
	module := t.TempDir()
	atlas := filepath.Join(module, "atlas")
	if err := os.WriteFile(filepath.Join(module, "go.mod"), []byte(atlasModule), 0o644); err != nil {
		t.Fatal(err)
	}
	execute(t, "go", "-C", module, "build", "-mod=mod", "-o", atlas, "ariga.io/atlas/cmd/atlas")
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		p, target := story(t, d, "atlas")
		to := p.url
		switch d {
		case schema.SQLite:
			to = "sqlite://" + strings.TrimPrefix(p.url, "file:")
		case schema.MySQL:
			to = strings.Replace(p.url, "mysql://", "maria://", 1)
		}
		args := []string{"migrate", "apply", "--dir", "file://" + p.atlasFolder(), "--url", to}
		execute(t, atlas, append(args, "1")...)
		insertRows(t, d, p.db, schema.Core())
		execute(t, atlas, args...)
		alike(t, d, "atlas", without(structure(t, d, p.db)), created(t, d, target))
		all, err := p.open().StatusOf(t.Context(), "atlas")
		if err != nil || len(all) != len(p.log.Entries) {
			t.Fatalf("status: %v, %v", all, err)
		}
		for _, s := range all {
			if !s.Applied {
				t.Errorf("%s is not applied", s.File)
			}
		}
		if drift := compare(t, p); len(drift.Differences) > 0 {
			t.Errorf("drift after atlas: %+v", drift)
		}
	})
}

// atlasFolder writes the migrations with Atlas's checksums.
func (p *project) atlasFolder() string {
	p.t.Helper()
	folder := filepath.Join(p.onDisk(), "migrations")
	var texts []migration.Text
	for name, file := range p.files {
		texts = append(texts, migration.Text{Name: name, Data: file.Data})
	}
	sum, err := migration.SumAtlas(texts)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, migration.AtlasSum), sum, 0o644)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return folder
}

// TestAtlasExecutes has the part of Atlas that its program applies files with do so with ours, checksums
// included.
func TestAtlasExecutes(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		p, target := story(t, d, "atlas")
		dir, err := migrate.NewLocalDir(p.atlasFolder())
		if err != nil {
			t.Fatal(err)
		}
		p.db.SetMaxOpenConns(1) // SQLite's pragmas are of a connection
		driver, err := map[schema.Dialect]func() (migrate.Driver, error){
			schema.SQLite:   func() (migrate.Driver, error) { return sqlite.Open(p.db) },
			schema.Postgres: func() (migrate.Driver, error) { return postgres.Open(p.db) },
			schema.MySQL:    func() (migrate.Driver, error) { return mysql.Open(p.db) },
		}[d]()
		if err != nil {
			t.Fatal(err)
		}
		count := &revisions{}
		executor, err := migrate.NewExecutor(driver, dir, count)
		if err != nil {
			t.Fatal(err)
		}
		if err := executor.ExecuteN(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		insertRows(t, d, p.db, schema.Core())
		if err := executor.ExecuteN(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		alike(t, d, "atlas", structure(t, d, p.db), created(t, d, target))
		if len(count.list) != len(p.log.Entries) {
			t.Errorf("%d revisions, want %d", len(count.list), len(p.log.Entries))
		}
		if drift := compare(t, p); len(drift.Differences) > 0 {
			t.Errorf("drift after atlas: %+v", drift)
		}
	})
}

// revisions is Atlas's count, in memory.
type revisions struct{ list []*migrate.Revision }

func (r *revisions) Ident() *migrate.TableIdent { return &migrate.TableIdent{} }

func (r *revisions) ReadRevisions(context.Context) ([]*migrate.Revision, error) { return r.list, nil }

func (r *revisions) ReadRevision(_ context.Context, version string) (*migrate.Revision, error) {
	for _, rev := range r.list {
		if rev.Version == version {
			return rev, nil
		}
	}
	return nil, migrate.ErrRevisionNotExist
}

func (r *revisions) WriteRevision(ctx context.Context, rev *migrate.Revision) error {
	if there, err := r.ReadRevision(ctx, rev.Version); err == nil {
		*there = *rev
		return nil
	}
	r.list = append(r.list, rev)
	return nil
}

func (r *revisions) DeleteRevision(_ context.Context, version string) error {
	r.list = slices.DeleteFunc(r.list, func(rev *migrate.Revision) bool { return rev.Version == version })
	return nil
}
