package migration_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

func options() migration.Options {
	return migration.Options{Dialect: schema.SQLite, Now: time.Date(2026, 8, 21, 12, 0, 0, 0, time.UTC)}
}

// repo is a user's repository, growing by migrations.
type repo struct{ fstest.MapFS }

func (r repo) load(t *testing.T) *migration.Log {
	t.Helper()
	log, err := migration.LoadLog(r)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func (r repo) add(t *testing.T, target schema.Schema) *migration.File {
	t.Helper()
	f, err := pending(r.load(t), target, options())
	if err != nil || f == nil {
		t.Fatalf("Pending = %v, %v, want a migration", f, err)
	}
	r.MapFS[f.Entry.File] = &fstest.MapFile{Data: f.Log}
	r.MapFS["migrations/"+f.Entry.Migration] = &fstest.MapFile{Data: f.SQL}
	return f
}

func TestPendingUntilNothingIs(t *testing.T) {
	r := repo{fstest.MapFS{}}
	first := r.add(t, schema.Core())
	second := r.add(t, upstreamSchema(t))
	if first.Entry.Migration != "20260821120000_auth_init.sql" || second.Entry.Migration != "20260821120001_auth_update.sql" {
		t.Errorf("migrations %s, %s", first.Entry.Migration, second.Entry.Migration)
	}
	if second.Entry.File != ".betterauth/changes/20260821120001_auth_update.yaml" {
		t.Errorf("entry %s", second.Entry.File)
	}
	if f, err := pending(r.load(t), upstreamSchema(t), options()); f != nil || err != nil {
		t.Errorf("Pending = %v, %v, want nothing", f, err)
	}
	if got := r.load(t).Migrations(); !reflect.DeepEqual(got, []string{first.Entry.Migration, second.Entry.Migration}) {
		t.Errorf("Migrations = %v", got)
	}
}

func TestPendingNeverDrops(t *testing.T) {
	r := repo{fstest.MapFS{}}
	r.add(t, upstreamSchema(t))
	f, err := pending(r.load(t), schema.Core(), options())
	if err != nil {
		t.Fatal(err)
	}
	if f != nil && strings.Contains(strings.Split(string(f.SQL), "-- +goose Down")[0], "DROP TABLE \"passkey\"") {
		t.Errorf("migration drops a table:\n%s", f.SQL)
	}
	left := schema.Diff(r.load(t).Schema(), schema.Core(), schema.DiffOptions{}).Leftovers
	if len(left) < 12 {
		t.Errorf("%d leftovers, want the plugins' tables at least", len(left))
	}
}

func TestPendingRespectsExistingFiles(t *testing.T) {
	o := options()
	o.Existing = []string{"20270101000000_theirs.sql"}
	f, err := pending(&migration.Log{}, schema.Core(), o)
	if err != nil || f.Entry.Migration != "20270101000001_auth_init.sql" {
		t.Errorf("Pending = %v, %v", f.Entry.Migration, err)
	}
}

func TestPendingIsDeterministic(t *testing.T) {
	first, err := pending(&migration.Log{}, upstreamSchema(t), options())
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		again, err := pending(&migration.Log{}, upstreamSchema(t), options())
		if err != nil || !reflect.DeepEqual(first, again) {
			t.Fatalf("two runs differ: %v", err)
		}
	}
}

func TestPendingRefusesAnotherDialect(t *testing.T) {
	r := repo{fstest.MapFS{}}
	r.add(t, schema.Core())
	o := options()
	o.Dialect = schema.Postgres
	_, err := pending(r.load(t), upstreamSchema(t), o)
	if err == nil || !strings.Contains(err.Error(), "the change log is for sqlite, not postgres") {
		t.Errorf("err = %v", err)
	}
}

// TestPendingRefusesSlipsInRenames: a rename counts while the new column is not there, whatever else happens to it.
func TestPendingRefusesSlipsInRenames(t *testing.T) {
	from := func(key, old string) schema.Column { c := column(key, schema.String); c.RenamedFrom = old; return c }
	for name, test := range map[string]struct {
		before, target schema.Schema
		unused         string // "-": no error
	}{
		"slip":             {with(column("plan", schema.String)), with(from("tier", "plna")), "plan"},
		"slip, both there": {with(column("plan", schema.String)), with(column("plan", schema.String), from("tier", "plna")), ""},
		"rename":           {with(column("plan", schema.String)), with(from("tier", "plan")), "-"},
		"done":             {with(column("tier", schema.String)), with(from("tier", "plan")), "-"},
		"done twice":       {with(column("tier", schema.String)), with(from("level", "plan")), "tier"},
		"new database":     {schema.Schema{}, with(from("tier", "plan")), "-"},
	} {
		r := repo{fstest.MapFS{}}
		if len(test.before.Tables) > 0 {
			r.add(t, test.before)
		}
		_, err := migration.Pending(r.load(t), test.target, options())
		var slip *migration.RenameError
		switch {
		case test.unused == "-" && err != nil, test.unused != "-" && !errors.As(err, &slip):
			t.Errorf("%s: err = %v", name, err)
		case slip != nil && strings.Join(slip.Unused, ",") != test.unused:
			t.Errorf("%s: unused are %v, want %s", name, slip.Unused, test.unused)
		}
	}
}

// TestPendingRefusesAnotherSchema: PostgreSQL would get a second, empty set of tables there.
func TestPendingRefusesAnotherSchema(t *testing.T) {
	o := options()
	o.Dialect = schema.Postgres
	for _, names := range [][2]string{{"", "login"}, {"login", ""}, {"login", "other"}} {
		r := repo{fstest.MapFS{}}
		o.SchemaName = names[0]
		files, err := migration.Pending(r.load(t), schema.Core(), o)
		if err != nil {
			t.Fatal(err)
		}
		r.MapFS[files[0].Entry.File] = &fstest.MapFile{Data: files[0].Log}
		if again, err := migration.Pending(r.load(t), schema.Core(), o); err != nil || len(again) > 0 {
			t.Errorf("%q: %v, %v, want nothing", names[0], again, err)
		}
		o.SchemaName = names[1]
		var setting *migration.SettingError
		if _, err := migration.Pending(r.load(t), schema.Core(), o); !errors.As(err, &setting) || setting.Option != "database.schemaName" {
			t.Errorf("%q instead of %q: err = %v, want a refusal", names[1], names[0], err)
		}
	}
}

// TestBranchesMerge lets two branches add different things: the log of both folds
// to the schema with both.
func TestBranchesMerge(t *testing.T) {
	main := repo{fstest.MapFS{}}
	main.add(t, schema.Core())
	branch := repo{fstest.MapFS{}}
	for name, file := range main.MapFS {
		branch.MapFS[name] = file
	}
	main.add(t, with(column("company", schema.String)))
	branch.add(t, with(column("team", schema.String)))
	for name, file := range branch.MapFS {
		main.MapFS[name] = file
	}
	both := with(column("company", schema.String), column("team", schema.String))
	if f, err := pending(main.load(t), both, options()); f != nil || err != nil {
		t.Errorf("Pending = %v, %v, want nothing", f, err)
	}
}

func TestBranchesClash(t *testing.T) {
	r := repo{fstest.MapFS{}}
	r.add(t, schema.Core())
	first := r.add(t, with(column("company", schema.String)))
	second := strings.Replace(first.Entry.File, "20260821120001", "20260822000000", 1)
	r.MapFS[second] = &fstest.MapFile{Data: first.Log}
	_, err := migration.LoadLog(r)
	var clash *migration.ClashError
	if !errors.As(err, &clash) || clash.File != second || clash.Earlier != first.Entry.File {
		t.Fatalf("err = %v, want a clash of %s and %s", err, second, first.Entry.File)
	}
	for _, part := range []string{second, first.Entry.File, "add column user.company: the column exists already"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
	var conflict *schema.ConflictError
	if !errors.As(err, &conflict) {
		t.Error("the conflict is not wrapped")
	}
}

func TestMismatches(t *testing.T) {
	r := repo{fstest.MapFS{}}
	crlf, edited, missing := r.add(t, schema.Core()), r.add(t, with(column("a", schema.String))),
		r.add(t, with(column("a", schema.String), column("b", schema.String)))
	r.MapFS["migrations/"+crlf.Entry.Migration].Data = []byte(strings.ReplaceAll(string(crlf.SQL), "\n", "\r\n"))
	r.MapFS["migrations/"+edited.Entry.Migration].Data = append(edited.SQL, "-- tuned\n"...)
	delete(r.MapFS, "migrations/"+missing.Entry.Migration)
	got, err := r.load(t).Mismatches(r, "migrations")
	if err != nil || len(got) != 2 {
		t.Fatalf("Mismatches = %v, %v, want two", got, err)
	}
	if got[0].Entry.Migration != edited.Entry.Migration || got[0].Missing || got[0].Actual == edited.Entry.Checksum {
		t.Errorf("edited: %+v", got[0])
	}
	if got[1].Entry.Migration != missing.Entry.Migration || !got[1].Missing {
		t.Errorf("missing: %+v", got[1])
	}
}

// TestEntryRoundTrip encodes one change of each kind.
func TestEntryRoundTrip(t *testing.T) {
	full := schema.Column{
		Key: "orgId", Name: "org id: #1", Type: schema.Number, BigInt: true, Required: true, Index: true, Sortable: true,
		Ref: &schema.Ref{Table: "org", Column: "id", OnDelete: "set default"}, Origin: schema.Origin{Plugin: "two-factor"},
	}
	dated := schema.Column{Key: "at", Name: "at", Type: schema.Date, Unique: true, Default: &schema.Default{Now: true}}
	index := schema.Index{Name: "a_idx", Columns: []string{"orgId", "at"}, Unique: true}
	table := schema.Table{
		Key: "org", Name: "orgs", Columns: []schema.Column{full, dated}, Indexes: []schema.Index{index},
		Origin: schema.Origin{Plugin: "two-factor"},
	}
	table.Columns[1].Origin = table.Origin
	entry := migration.Entry{
		Migration: "20260821120000_x.sql", Dialect: schema.MySQL, Checksum: "sha256:00",
		Changes: []schema.Change{
			schema.AddTable{Table: table}, schema.DropTable{Table: table},
			schema.AddColumn{Table: "user", Column: full}, schema.DropColumn{Table: "user", Column: dated},
			schema.AddIndex{Table: "user", Index: index}, schema.DropIndex{Table: "user", Index: index},
			schema.AlterColumn{Table: "user", From: full, To: dated},
			schema.RenameTable{Table: "user", From: "user", To: "yes"},
			schema.RenameColumn{Table: "user", Column: "at", From: "at", To: "null"},
		},
	}
	data, err := migration.EncodeEntry(entry)
	if err != nil {
		t.Fatal(err)
	}
	got, err := migration.DecodeEntry(data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if !reflect.DeepEqual(got, entry) {
		t.Errorf("got  %+v\nwant %+v\n%s", got, entry, data)
	}
}

func TestDecodeEntryIsStrict(t *testing.T) {
	const head = "migration: 1_a.sql\ndialect: sqlite\nchecksum: sha256:00\n"
	for text, want := range map[string]string{
		head + "changes:\n  - explode: {table: user}\n":                                               "explode",
		head + "changes:\n  - addColumn: {table: user, column: {key: a, type: text}}\n":               `unknown type "text"`,
		head + "changes:\n  - addColumn: {table: user, column: {key: a, type: string, color: red}}\n": "color",
		head + "changes:\n  - {}\n": "change 1: an entry must hold one change, not 0",
		head + "changes:\n  - addIndex: {table: a, index: {name: i, columns: [b]}}\n    renameTable: {table: a, from: a, to: b}\n": "not 2",
		"migration: ../a.sql\ndialect: sqlite\n": "is not a file name",
		"migration: a.sql\ndialect: oracle\n":    `unknown dialect "oracle"`,
		"[":                                      "not a change log entry",
	} {
		if _, err := migration.DecodeEntry([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: err = %v, want %q", text, err, want)
		}
	}
}

func TestLoadLogReportsEveryBadFile(t *testing.T) {
	_, err := migration.LoadLog(fstest.MapFS{
		migration.LogDir + "/1_a.yaml": {Data: []byte("[")},
		migration.LogDir + "/2_b.yaml": {Data: []byte("dialect: x")},
		migration.LogDir + "/notes.md": {Data: []byte("[")},
	})
	if err == nil || !strings.Contains(err.Error(), "1_a.yaml") || !strings.Contains(err.Error(), "2_b.yaml") ||
		strings.Contains(err.Error(), "notes.md") {
		t.Errorf("err = %v, want both files", err)
	}
}

func FuzzDecodeEntry(f *testing.F) {
	file, err := pending(&migration.Log{}, schema.Core(), options())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file.Log)
	f.Add([]byte("changes: [{addTable: null}, {alterColumn: {from: {}, to: {}}}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entry, err := migration.DecodeEntry(data)
		if err != nil {
			return
		}
		// Whatever decodes can be folded or refused, never more.
		if _, err := schema.Apply(schema.Core(), entry.Changes); err != nil {
			return
		}
	})
}

// pending returns the one migration there is to make, nil if there is none.
func pending(log *migration.Log, target schema.Schema, o migration.Options) (*migration.File, error) {
	files, err := migration.Pending(log, target, o)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	if len(files) > 1 {
		return nil, fmt.Errorf("%d migrations, want one", len(files))
	}
	return files[0], nil
}
