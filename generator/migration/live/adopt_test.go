package live

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// TestAdopt takes over what the migrator of Better Auth 1.7.5 printed for
// two-factor and username, with tables and columns under other names, and rows in
// them: it is recognised, migrate up adds what is missing, nothing drifts, and a
// new database made by the same migrations is equal in what they made.
func TestAdopt(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		p := newProject(t, d)
		text, err := os.ReadFile("testdata/better-auth." + d.String() + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		for statement := range strings.SplitSeq(string(text), ";\n") {
			if strings.TrimSpace(statement) != "" {
				run(t, p.db, statement)
			}
		}
		found, err := p.open().Inspect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		target := migration.Recognise(d, pluginSchema(t, d, []string{"two-factor", "username"}), found)
		if len(target.Tables) != 5 {
			t.Fatalf("recognised %d tables, want 5", len(target.Tables))
		}
		for subject, want := range map[[2]string]string{
			{"user", "name"}: "full_name", {"user", "email"}: "email_address", {"user", "username"}: "username",
			{"session", "userId"}: "user_id", {"account", "userId"}: "userId",
		} {
			if c, _ := target.Column(subject[0], subject[1]); c.Name != want {
				t.Errorf("%v is %q, want %q", subject, c.Name, want)
			}
		}
		p.adopt(target, found)
		p.up()
		if drift := compare(t, p); len(drift.Differences) > 0 {
			t.Errorf("drift: %+v", drift.Differences)
		}
		if again := schema.Diff(p.log.Schema(), target, schema.DiffOptions{}); len(again.Changes)+len(again.Leftovers) > 0 {
			t.Errorf("left to do: %v, %v", again.Changes, again.Leftovers)
		}
		once(t, p)

		fresh := newProject(t, d)
		fresh.log, fresh.files = p.log, p.files
		fresh.up()
		if got, want := structure(t, d, fresh.db), created(t, d, p.log.Schema()); got != want {
			t.Errorf("a new database:\n%s\n\nwant\n%s", got, want)
		}
		if _, err := fresh.open().Down(t.Context(), len(p.log.Entries)); err == nil || !strings.Contains(err.Error(), "the tables were there before the migrations") {
			t.Errorf("down: %v, want a refusal", err)
		}

		// An index that Better Auth made, for a constraint on PostgreSQL, makes way for another when it has to.
		target = edited(target, "user", func(t *schema.Table) {
			at := slices.IndexFunc(t.Columns, func(c schema.Column) bool { return c.Key == "username" })
			t.Columns[at].Unique, t.Columns[at].Index = false, true
		})
		p.migrate(target)
		if drift := compare(t, p); len(drift.Differences) > 0 {
			t.Errorf("drift: %+v", drift.Differences)
		}
		if d != schema.SQLite {
			once(t, p)
		}
		if _, err := p.open().Down(t.Context(), p.written); err != nil {
			t.Errorf("down: %v", err)
		}
		p.up()
		fresh.log = p.log
		fresh.up()
	})
}

// once checks that no two indexes do the same. SQLite's own, of constraints, stay beside ours.
func once(t *testing.T, p *project) {
	t.Helper()
	tables, err := p.open().Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		seen := map[string]string{}
		for _, ix := range table.Indexes {
			if strings.HasPrefix(ix.Name, "sqlite_autoindex_") {
				continue
			}
			key := strings.Join(ix.Columns, ", ")
			if other := seen[key]; other != "" {
				t.Errorf("%s has %s and %s on %s", table.Name, other, ix.Name, key)
			}
			seen[key] = ix.Name
		}
	}
}

// adopt writes the baseline and what follows it.
func (p *project) adopt(target schema.Schema, found []migration.FoundTable) {
	p.t.Helper()
	opts := migration.Options{Dialect: p.dialect, Now: time.Date(2026, 8, 21, 12, 0, 0, 0, time.UTC)}
	adoption, err := migration.Adopt(target, found, opts)
	if err != nil || adoption == nil {
		p.t.Fatalf("adopt: %v, %v", adoption, err)
	}
	log, err := p.log.With(adoption.File.Entry)
	if err != nil {
		p.t.Fatal(err)
	}
	opts.Extra = adoption.Extra
	files, err := migration.Pending(log, target, opts)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, f := range append([]*migration.File{adoption.File}, files...) {
		p.files[f.Entry.Migration] = &fstest.MapFile{Data: f.SQL}
		p.repo[f.Entry.File] = &fstest.MapFile{Data: f.Log}
	}
	if p.log, err = migration.LoadLog(p.repo); err != nil {
		p.t.Fatal(err)
	}
}

// TestAdoptRefuses what it cannot keep.
func TestAdoptRefuses(t *testing.T) {
	found := []migration.FoundTable{{Name: "user", Columns: []migration.FoundColumn{
		{Name: "id", Type: "integer"}, {Name: "email", Type: "text"},
	}}}
	_, err := migration.Adopt(schema.Core(), found, migration.Options{Dialect: schema.Postgres})
	if err == nil || !strings.Contains(err.Error(), "user.id is of the type integer, not text") {
		t.Errorf("err = %v, want a refusal", err)
	}
	adoption, err := migration.Adopt(schema.Core(), nil, migration.Options{Dialect: schema.Postgres})
	if adoption != nil || err != nil {
		t.Errorf("an empty database: %v, %v", adoption, err)
	}
}

// TestRecord notes migrations as applied that somebody ran by other means.
func TestRecord(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		p := newProject(t, d)
		p.write(schema.Diff(schema.Schema{}, schema.Core(), schema.DiffOptions{}).Changes)
		scripts := p.scripts()
		for _, statement := range scripts[0].Up {
			run(t, p.db, statement)
		}
		p.write(schema.Diff(schema.Core(), with(column("lang", schema.String)), schema.DiffOptions{}).Changes)
		m := p.open()
		results, err := m.Record(t.Context(), 1)
		if err != nil || len(results) != 1 {
			t.Fatalf("record: %v, %v", results, err)
		}
		if again, err := m.Record(t.Context(), 1); err != nil || len(again) != 0 {
			t.Errorf("record again: %v, %v", again, err)
		}
		p.up()
		if got, want := structure(t, d, p.db), created(t, d, p.log.Schema()); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}

		// Only what was applied can be taken back: the rest held somebody's rows before.
		insertRows(t, d, p.db, schema.Core())
		before := structure(t, d, p.db)
		var recorded *RecordedError
		if _, err := p.open().Down(t.Context(), 2); !errors.As(err, &recorded) || recorded.File != scripts[0].File {
			t.Errorf("down 2: %v, want a refusal that names %s", err, scripts[0].File)
		}
		if after := structure(t, d, p.db); after != before {
			t.Errorf("the refusal changed the tables:\n%s", after)
		}
		if undone, err := p.open().Down(t.Context(), p.written); err != nil || len(undone) != p.written {
			t.Errorf("down: %v, %v", undone, err)
		}
		if _, err := p.open().Down(t.Context(), 1); !errors.As(err, &recorded) {
			t.Errorf("down: %v, want a refusal", err)
		}
		if got := query(t, p.db, "SELECT count(*) FROM session"); got[0] != "1" {
			t.Errorf("%s sessions, want 1", got[0])
		}
	})
}
