package live

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestUpReportsAndRecords(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		p := newProject(t, d)
		init := p.write(schema.Diff(schema.Schema{}, schema.Core(), schema.DiffOptions{}).Changes)
		next := p.write(schema.Diff(schema.Core(), with(column("lang", schema.String)), schema.DiffOptions{}).Changes)
		m := p.open()
		pending, err := m.Pending(t.Context())
		if err != nil || len(pending) != 2 {
			t.Fatalf("pending = %v, %v, want two", pending, err)
		}
		results, err := m.Up(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(results) != 2 || results[0].File != init.Entry.Migration || results[1].File != next.Entry.Migration {
			t.Errorf("results = %v", results)
		}
		status, err := m.Status(t.Context())
		if err != nil || len(status) != 2 || !status[1].Applied || status[1].AppliedAt.IsZero() || status[1].Version != 20260821120001 {
			t.Errorf("status = %+v, %v", status, err)
		}
		if again, err := m.Up(t.Context()); err != nil || len(again) != 0 {
			t.Errorf("second Up = %v, %v, want nothing", again, err)
		}
	})
}

func TestNoMigrations(t *testing.T) {
	m, err := Open(t.Context(), schema.SQLite, freshDatabase(t, schema.SQLite), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = m.Close() }()
	pending, err := m.Pending(t.Context())
	results, upErr := m.Up(t.Context())
	if err != nil || upErr != nil || len(pending) != 0 || len(results) != 0 {
		t.Errorf("pending %v, %v; up %v, %v", pending, err, results, upErr)
	}
}

func TestLateMigrationIsRefused(t *testing.T) {
	p := newProject(t, schema.SQLite)
	p.migrate(schema.Core())
	p.extra = []migration.Script{{File: "20200101000000_late.sql", Version: 20200101000000, Up: []string{"CREATE TABLE late (id integer)"}}}
	if _, err := p.open().Up(t.Context()); err == nil || !strings.Contains(err.Error(), "out-of-order") {
		t.Errorf("err = %v, want a refusal", err)
	}
}

func TestFailureNamesTheFileAndChangesNothing(t *testing.T) {
	p := newProject(t, schema.SQLite)
	p.migrate(schema.Core())
	before := structure(t, schema.SQLite, p.db)
	p.extra = []migration.Script{{
		File: "20300101000000_broken.sql", Version: 20300101000000,
		Up: []string{"CREATE TABLE a (id integer)", "nonsense"},
	}}
	_, err := p.open().Up(t.Context())
	if err == nil || !strings.Contains(err.Error(), "20300101000000_broken.sql: statement 2 of 2, nonsense, failed") {
		t.Errorf("err = %v, want one that names the file", err)
	}
	if after := structure(t, schema.SQLite, p.db); after != before {
		t.Errorf("a failed migration left\n%s", after)
	}
}

// TestRunnersExcludeEachOther starts several at once; on every database the
// migrations must end up applied once, and nobody fails.
func TestRunnersExcludeEachOther(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		p := newProject(t, d)
		p.write(schema.Diff(schema.Schema{}, schema.Core(), schema.DiffOptions{}).Changes)
		p.write(schema.Diff(schema.Core(), withPlugin(), schema.DiffOptions{}).Changes)
		const runners = 4
		applied := make([]int, runners)
		failed := make([]error, runners)
		var wg sync.WaitGroup
		for i := range runners {
			m := p.open()
			wg.Go(func() {
				results, err := m.Up(context.WithoutCancel(t.Context()))
				applied[i], failed[i] = len(results), err
			})
		}
		wg.Wait()
		if err := errors.Join(failed...); err != nil {
			t.Errorf("a runner failed: %v", err)
		}
		slices.Sort(applied)
		if total := applied[0] + applied[1] + applied[2] + applied[3]; total != len(p.log.Entries) {
			t.Errorf("applied %v, want %d in all", applied, len(p.log.Entries))
		}
		if got, want := structure(t, d, p.db), created(t, d, withPlugin()); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// TestDrop drops a column and a table and expects the way back to be refused.
func TestDrop(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		p := newProject(t, d)
		from := withPlugin()
		from = edited(from, "user", func(t *schema.Table) {
			t.Columns = append(t.Columns, references(indexed(column("bossId", schema.String)), "user", "set null"))
		})
		p.migrate(from)
		insertRows(t, d, p.db, from)
		p.write(schema.Diff(from, schema.Core(), schema.DiffOptions{Destructive: true}).Changes)
		p.up()
		if got, want := structure(t, d, p.db), created(t, d, schema.Core()); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		_, err := p.open().Down(t.Context(), 1)
		if err == nil || !strings.Contains(err.Error(), "cannot undo: drop column user.username") {
			t.Errorf("down: %v, want a refusal", err)
		}
	})
}

// TestRebuildGuards tries to replace the user table where that would lose data:
// in a transaction with foreign keys enforced, which deletes the sessions, and
// with things in the table that only its owner knows of.
func TestRebuildGuards(t *testing.T) {
	for name, test := range map[string]struct{ options, setup, want string }{
		"foreign keys": {"?_pragma=foreign_keys(1)", "SELECT 1", "foreign_keys_must_be_off"},
		"column":       {"", `ALTER TABLE "user" ADD COLUMN "mine" text`, "of_your_own"},
		"generated":    {"", `ALTER TABLE "user" ADD COLUMN "mine" text GENERATED ALWAYS AS (upper("name")) VIRTUAL`, "of_your_own"},
		"index":        {"", `CREATE INDEX "mine" ON "user" ("name")`, "of_your_own"},
		"trigger":      {"", `CREATE TRIGGER "mine" AFTER INSERT ON "user" BEGIN SELECT 1; END`, "of_your_own"},
		"none":         {"", "SELECT 1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProject(t, schema.SQLite)
			p.migrate(schema.Core())
			insertRows(t, schema.SQLite, p.db, schema.Core())
			run(t, p.db, test.setup)
			before := structure(t, schema.SQLite, p.db)

			err := rebuildInTransaction(t, connect(t, schema.SQLite, p.url+test.options))
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("err = %v, want %s", err, test.want)
			}
			if after := structure(t, schema.SQLite, p.db); after != before {
				t.Errorf("the table changed:\n%s", after)
			}
			if got := query(t, p.db, "SELECT count(*) FROM session"); got[0] != "1" {
				t.Errorf("%s sessions, want 1", got[0])
			}
		})
	}
}

// TestRebuildGuardsEditedMigrations: what the user wrote into the migration that made the table would not be in
// the copy. A unique constraint beside an index of ours is not missed.
func TestRebuildGuardsEditedMigrations(t *testing.T) {
	const refused = "table_has_constraints_or_collations_of_your_own"
	for name, test := range map[string]struct{ old, new, want string }{
		"check":        {`"email" text NOT NULL`, `"email" text NOT NULL Check(length("email") > 3)`, refused},
		"table check":  {"\n);", ",\n    CONSTRAINT \"mine\" check (\"name\" <> '')\n);", refused},
		"collation":    {`"email" text NOT NULL`, `"email" text NOT NULL collate "nocase"`, refused},
		"conflict":     {`"email" text NOT NULL`, `"email" text NOT NULL ON CONFLICT FAIL`, refused},
		"rowid":        {"\n);", "\n)without rowid;", refused},
		"reference":    {`"image" text`, `"image" text REFERENCES "verification" ("id")`, refused},
		"unique":       {`"name" text NOT NULL`, `"name" text NOT NULL UNIQUE`, refused},
		"unique pair":  {"\n);", ",\n    UNIQUE (\"email\", \"name\")\n);", refused},
		"unique twice": {`"email" text NOT NULL`, `"email" text NOT NULL UNIQUE`, ""},
		"generated":    {`"image" text`, `"image" text AS (lower("name"))`, "columns_indexes_or_triggers_of_your_own"},
		"comment":      {`"image" text`, `"image" text /* checked elsewhere */`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProject(t, schema.SQLite)
			file := p.write(schema.Diff(schema.Schema{}, schema.Core(), schema.DiffOptions{}).Changes)
			text := p.files[file.Entry.Migration]
			text.Data = []byte(strings.Replace(string(text.Data), test.old, test.new, 1))
			p.up()
			err := rebuildInTransaction(t, p.db)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("err = %v, want %q", err, test.want)
			}
		})
	}
}

// TestFailedRebuildChangesNothing: such a file has its own transaction, which ends
// with the connection.
func TestFailedRebuildChangesNothing(t *testing.T) {
	p := newProject(t, schema.SQLite)
	p.migrate(schema.Core())
	insertRows(t, schema.SQLite, p.db, schema.Core())
	run(t, p.db, `ALTER TABLE "user" ADD COLUMN "mine" text`)
	before := structure(t, schema.SQLite, p.db)
	p.write(schema.Diff(schema.Core(), with(now(column("seenAt", schema.Date))), schema.DiffOptions{}).Changes)
	m := p.open()
	if _, err := m.Up(t.Context()); err == nil || !strings.Contains(err.Error(), "of_your_own") {
		t.Errorf("err = %v, want the guard's", err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	if after := structure(t, schema.SQLite, p.db); after != before {
		t.Errorf("a failed rebuild left\n%s", after)
	}
	run(t, p.db, `ALTER TABLE "user" DROP COLUMN "mine"`)
	p.up()
}

// TestRebuildKeepsViews: views and the triggers of other tables that name the table neither stop a rebuild nor
// notice it.
func TestRebuildKeepsViews(t *testing.T) {
	for _, format := range migration.Formats() {
		t.Run(format.Name(), func(t *testing.T) {
			p := newProject(t, schema.SQLite)
			p.format = format.Name()
			p.db.SetMaxOpenConns(1) // pragmas are of a connection
			p.write(schema.Diff(schema.Schema{}, schema.Core(), schema.DiffOptions{}).Changes)
			run(t, p.db, p.scripts()[0].Up...)
			insertRows(t, schema.SQLite, p.db, schema.Core())
			run(t, p.db, `CREATE VIEW "names" AS SELECT "id", "name" FROM "user"`,
				`CREATE VIEW "sessions" AS SELECT "s"."id", "n"."name" FROM "session" "s" JOIN "names" "n" ON "n"."id" = "s"."userId"`,
				`CREATE TRIGGER "seen" AFTER INSERT ON "session" BEGIN UPDATE "user" SET "name" = 'seen' WHERE "id" = new."userId"; END`)
			target := with(now(column("seenAt", schema.Date)), references(column("bossId", schema.String), "user", ""))
			p.write(schema.Diff(schema.Core(), target, schema.DiffOptions{}).Changes)
			run(t, p.db, p.scripts()[1].Up...)
			if got := query(t, p.db, `SELECT * FROM "sessions"`); len(got) != 1 || got[0] != "s1|Ann" {
				t.Errorf("the view shows %q", got)
			}
			if got, want := structure(t, schema.SQLite, p.db), created(t, schema.SQLite, p.log.Schema()); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			run(t, p.db, `INSERT INTO "session" SELECT 's2', "expiresAt", 't2', "createdAt", "updatedAt", "ipAddress", "userAgent", "userId" FROM "session"`)
			if got := query(t, p.db, `SELECT "name" FROM "sessions" WHERE "id" = 's2'`); len(got) != 1 || got[0] != "seen" {
				t.Errorf("after the trigger the view shows %q", got)
			}
		})
	}
}

// rebuildInTransaction runs a rebuild the way a tool might that knows nothing of
// NO TRANSACTION, and rolls back if it fails.
func rebuildInTransaction(t *testing.T, db *sql.DB) error {
	t.Helper()
	changes := schema.Diff(schema.Core(), with(now(column("seenAt", schema.Date))), schema.DiffOptions{}).Changes
	steps, err := migration.Plan(schema.SQLite, schema.Core(), changes)
	if err != nil || !steps.Rebuilds() {
		t.Fatalf("steps = %v, %v, want a rebuild", steps, err)
	}
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, statement := range append([]string{"PRAGMA foreign_keys = OFF"}, steps.Up()...) {
		if _, err := tx.ExecContext(t.Context(), statement); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// TestMySQLComparesByByte checks the collation of what is looked up by value.
func TestMySQLComparesByByte(t *testing.T) {
	requireServer(t, schema.MySQL)
	p := newProject(t, schema.MySQL)
	p.migrate(schema.Core())
	insertRows(t, schema.MySQL, p.db, schema.Core())
	for _, q := range []string{
		"SELECT count(*) FROM user WHERE email = 'ANN@example.com'",
		"SELECT count(*) FROM user WHERE email = 'ánn@example.com'",
		"SELECT count(*) FROM session WHERE token = 'T'",
	} {
		if got := query(t, p.db, q); got[0] != "0" {
			t.Errorf("%s = %s, want 0", q, got[0])
		}
	}
}
