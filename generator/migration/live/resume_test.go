package live

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// duplicates is a project whose next migration fails in the middle: two users
// have the handle that is to be unique.
func duplicates(t *testing.T, d schema.Dialect) *project {
	p := newProject(t, d)
	from := with(column("handle", schema.String))
	p.migrate(from)
	insertRows(t, d, p.db, from)
	insert(t, d, p.db, "user", map[string]string{
		"id": "'u2'", "name": "'Bob'", "email": "'bob@example.com'", "emailVerified": map[bool]string{true: "1", false: "true"}[d == schema.SQLite],
		"createdAt": "'2026-01-02 03:04:05'", "updatedAt": "'2026-01-02 03:04:05'",
	})
	run(t, p.db, strings.ReplaceAll(`UPDATE "user" SET "handle" = 'same'`, `"`, quoteOf(d)))
	p.write(schema.Diff(from, edited(with(unique(column("handle", schema.String))), "user", func(t *schema.Table) {
		t.Columns = append(t.Columns, column("first", schema.String))
	}), schema.DiffOptions{}).Changes)
	return p
}

func quoteOf(d schema.Dialect) string {
	if d == schema.MySQL {
		return "`"
	}
	return `"`
}

// TestFailureIsExplainedAndRepaired: the error names the statement, and once the
// data is mended the next run ends what the first began.
func TestFailureIsExplainedAndRepaired(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		p := duplicates(t, d)
		m := p.open()
		_, err := m.Up(t.Context())
		var failed *StatementError
		if !errors.As(err, &failed) || !strings.Contains(err.Error(), "CREATE UNIQUE INDEX") || !strings.Contains(err.Error(), "user_handle_uidx") {
			t.Fatalf("err = %v, want one that names the statement", err)
		}
		if says := strings.Contains(err.Error(), "nothing was changed"); says != (d == schema.SQLite) {
			t.Errorf("err = %v", err)
		}
		if d == schema.Postgres && !strings.Contains(err.Error(), "Key (handle)=(same) is duplicated") {
			t.Errorf("err = %v, want the values in question", err)
		}
		if d == schema.MySQL && !strings.Contains(err.Error(), "it goes on with this statement") {
			t.Errorf("err = %v, want how to go on", err)
		}
		all, err := m.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if last := all[len(all)-1]; (last.Stopped != nil) != (d == schema.MySQL) || last.Applied {
			t.Errorf("status = %+v", last)
		}
		if d == schema.MySQL {
			if _, err := m.Down(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "run migrate up first, which goes on there") {
				t.Errorf("down: %v, want a refusal", err)
			}
		}

		run(t, p.db, strings.ReplaceAll(`UPDATE "user" SET "handle" = "id"`, `"`, quoteOf(d)))
		if _, err := p.open().Up(t.Context()); err != nil {
			t.Fatalf("after the repair: %v", err)
		}
		if got, want := structure(t, d, p.db), created(t, d, p.log.Schema()); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		all, err = p.open().Status(t.Context())
		if err != nil || all[len(all)-1].Stopped != nil || !all[len(all)-1].Applied {
			t.Errorf("status = %+v, %v", all[len(all)-1], err)
		}
	})
}

// TestEditedStatementsAreNotTakenForDone edits a migration that was cut short in
// front of where it stopped.
func TestEditedStatementsAreNotTakenForDone(t *testing.T) {
	requireServer(t, schema.MySQL)
	p := duplicates(t, schema.MySQL)
	if _, err := p.open().Up(t.Context()); err == nil {
		t.Fatal("want a failure")
	}
	name := p.log.Entries[len(p.log.Entries)-1].Migration
	text := string(p.files[name].Data)
	p.files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, "`first` text", "`first` varchar(9)", 1))}
	if _, err := p.open().Up(t.Context()); err == nil || !strings.Contains(err.Error(), "one of these was edited since") {
		t.Errorf("err = %v, want a refusal", err)
	}
}
