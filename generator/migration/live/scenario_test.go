package live

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// scenario is a change of schema with rows in the tables.
type scenario struct {
	name     string
	from, to schema.Schema
	// rowsAfter are queries, in canonical quotes, with the one row they must give.
	rowsAfter map[string]string
	// keepsDefault: SQLite may keep the literal default of a required column.
	keepsDefault bool
}

func scenarios() []scenario {
	return []scenario{
		{name: "plugin", from: schema.Core(), to: withPlugin()},
		{
			name: "required columns", keepsDefault: true,
			from: schema.Core(),
			to: with(
				required(column("company", schema.String), "it's -- a; \\ \"text\""),
				required(column("admin", schema.Boolean), true),
				required(column("level", schema.Number), 7),
				required(column("born", schema.Date), "2001-02-03T04:05:06.007Z"),
				required(column("tags", schema.StringArray), []any{"a<b", "it's"}),
			),
			rowsAfter: map[string]string{
				`SELECT "company", "admin", "level" FROM "user"`: `it's -- a; \ "text"|true|7`,
				`SELECT "tags" FROM "user"`:                      `["a<b","it's"]`,
			},
		},
		{
			name:      "required column with the current time",
			from:      schema.Core(),
			to:        with(now(column("seenAt", schema.Date))),
			rowsAfter: map[string]string{`SELECT count(*) FROM "user" WHERE "seenAt" > '2020-01-01'`: "1"},
		},
		{
			name: "required column with a reference",
			from: schema.Core(),
			to: with(required(references(column("managerId", schema.String), "user", "restrict"), "u1"),
				references(indexed(column("mentorId", schema.String)), "user", "set null")),
			rowsAfter: map[string]string{`SELECT "managerId" FROM "user"`: "u1"},
		},
		{
			name:      "becomes required",
			from:      with(column("company", schema.String), column("given", schema.String)),
			to:        with(required(column("company", schema.String), "none"), required(column("given", schema.String), "none")),
			rowsAfter: map[string]string{`SELECT "company", "given" FROM "user"`: "none|value"},
		},
		{
			name: "becomes nullable",
			from: with(required(column("company", schema.String), "none"), now(column("seenAt", schema.Date))),
			to:   with(column("company", schema.String), column("seenAt", schema.Date)),
		},
		{
			name: "left over",
			from: with(required(column("company", schema.String), "none")),
			to:   schema.Core(),
		},
		{
			name:      "wider types",
			from:      with(column("score", schema.Number), required(column("code", schema.Number), 12)),
			to:        with(bigInt(column("score", schema.Number)), required(column("code", schema.String), "12")),
			rowsAfter: map[string]string{`SELECT "code" FROM "user"`: "12"},
		},
		{
			name: "index and uniqueness come",
			from: with(column("handle", schema.String), column("team", schema.String), references(column("bossId", schema.String), "user", "")),
			to:   with(unique(column("handle", schema.String)), indexed(column("team", schema.String)), references(indexed(column("bossId", schema.String)), "user", "")),
		},
		{
			name: "index and uniqueness go",
			from: with(unique(column("handle", schema.String)), indexed(column("team", schema.String)), references(indexed(column("bossId", schema.String)), "user", "")),
			to:   with(column("handle", schema.String), column("team", schema.String), references(column("bossId", schema.String), "user", "")),
		},
		{
			name: "index over several columns comes",
			from: with(column("a", schema.String), column("b", schema.Number)),
			to:   withIndex(with(column("a", schema.String), column("b", schema.Number)), "a", "b"),
		},
		{
			name: "index over a foreign key goes",
			from: withIndex(with(references(column("bossId", schema.String), "user", ""), column("b", schema.Number)), "bossId", "b"),
			to:   with(references(column("bossId", schema.String), "user", ""), column("b", schema.Number)),
		},
		{
			name: "foreign key changes",
			from: with(references(column("aId", schema.String), "user", "cascade"), sized(column("bId", schema.String)), references(column("cId", schema.String), "user", "")),
			to:   with(references(column("aId", schema.String), "user", "set null"), references(column("bId", schema.String), "user", ""), sized(column("cId", schema.String))),
		},
		{
			name: "field gets another name",
			from: with(unique(column("nick", schema.String)), references(indexed(column("bossId", schema.String)), "user", "")),
			to: with(formerly(unique(column("handle", schema.String)), "nick"),
				formerly(references(indexed(column("leadId", schema.String)), "user", ""), "bossId")),
		},
		{
			name: "field gets another name, its column does not",
			from: with(column("given", schema.String)),
			to: with(func() schema.Column {
				c := formerly(column("first", schema.String), "given")
				c.Name = "given"
				return c
			}()),
			rowsAfter: map[string]string{`SELECT "given" FROM "user"`: "value"},
		},
		{
			name:      "names go round",
			from:      with(named(column("given", schema.String), "aa"), named(unique(column("nick", schema.String)), "bb"), named(column("team", schema.String), "cc")),
			to:        with(named(column("given", schema.String), "bb"), named(unique(column("nick", schema.String)), "aa"), named(column("team", schema.String), "dd"), named(column("more", schema.String), "cc")),
			rowsAfter: map[string]string{`SELECT "bb", "aa" FROM "user"`: "value|NULL"},
		},
		{
			name: "renames",
			from: schema.Core(),
			to: edited(schema.Core(), "user", func(t *schema.Table) {
				t.Name = "app users"
				t.Columns[2].Name = "email_address"
				t.Columns = append(t.Columns, unique(column("handle", schema.String)))
			}),
			rowsAfter: map[string]string{`SELECT "email_address" FROM "app users"`: "ann@example.com"},
		},
	}
}

func TestScenarios(t *testing.T) {
	for _, s := range scenarios() {
		t.Run(s.name, func(t *testing.T) {
			for _, side := range []schema.Schema{s.from, s.to} {
				for _, p := range side.Validate() {
					t.Fatal(p)
				}
			}
			eachDialect(t, s.run)
		})
	}
}

// run migrates up, down and up again, and compares with databases made at once.
func (s scenario) run(t *testing.T, d schema.Dialect) {
	p := newProject(t, d)
	p.migrate(s.from)
	before := structure(t, d, p.db)
	insertRows(t, d, p.db, s.from)

	p.migrate(s.to)
	after := structure(t, d, p.db)
	if want := created(t, d, p.log.Schema()); !same(after, want, s.keepsDefault && d == schema.SQLite) {
		t.Errorf("migrated:\n%s\n\ncreated at once:\n%s", after, want)
	}
	s.checkRows(t, d, p)

	m := p.open()
	if _, err := m.Down(t.Context(), p.written); err != nil {
		t.Fatalf("down: %v", err)
	}
	if got := structure(t, d, p.db); got != before {
		t.Errorf("after down:\n%s\n\nbefore up:\n%s", got, before)
	}
	p.up()
	if got := structure(t, d, p.db); got != after {
		t.Errorf("second up:\n%s\n\nfirst up:\n%s", got, after)
	}
	s.checkRows(t, d, p)
}

// needsMigration reports whether the dialect stores the two schemas differently.
func (s scenario) needsMigration(d schema.Dialect) bool {
	steps, err := migration.Plan(d, s.from, schema.Diff(s.from, s.to, schema.DiffOptions{}).Changes)
	return err != nil || len(steps) > 0
}

func (s scenario) checkRows(t *testing.T, d schema.Dialect, p *project) {
	t.Helper()
	if got := query(t, p.db, `SELECT count(*) FROM session`); got[0] != "1" {
		t.Errorf("%s sessions after the migration, want 1", got[0])
	}
	for q, want := range s.rowsAfter {
		got := query(t, p.db, strings.ReplaceAll(q, `"`, migration.Quote(d, "")[:1]))
		if len(got) != 1 || plain(got[0]) != plain(want) {
			t.Errorf("%s = %q, want %q", q, got, want)
		}
	}
}

// plain hides how databases print booleans and JSON.
func plain(s string) string {
	return strings.NewReplacer("|true|", "|1|", `, "`, `,"`).Replace(s)
}

// same compares structures, ignoring SQLite's column defaults if told so.
func same(a, b string, ignoreDefaults bool) bool {
	if !ignoreDefaults {
		return a == b
	}
	strip := func(s string) string {
		lines := strings.Split(s, "\n")
		for i, line := range lines {
			fields := strings.Split(line, "|")
			if len(fields) > 5 { // table, column, type, not null, default, pk
				fields = append(fields[:4], fields[len(fields)-1])
			}
			lines[i] = strings.Join(fields, "|")
		}
		return strings.Join(lines, "\n")
	}
	return strip(a) == strip(b)
}

// created returns the structure of a database made by CreateSQL.
func created(t *testing.T, d schema.Dialect, s schema.Schema) string {
	t.Helper()
	text, err := migration.CreateSQL(d, s)
	if err != nil {
		t.Fatal(err)
	}
	db := connect(t, d, freshDatabase(t, d))
	for statement := range strings.SplitSeq(text, ";\n") {
		if strings.TrimSpace(statement) != "" {
			run(t, db, statement)
		}
	}
	return structure(t, d, db)
}

// project is a user's repository and database.
type project struct {
	t       *testing.T
	dialect schema.Dialect
	url     string
	db      *sql.DB
	files   fstest.MapFS // migrations
	repo    fstest.MapFS // change log
	log     *migration.Log
	written int                // migrations of the last change
	extra   []migration.Script // after those of the log
	format  string             // of the migrations; empty: the default
}

func newProject(t *testing.T, d schema.Dialect) *project {
	t.Helper()
	url := freshDatabase(t, d)
	p := &project{t, d, url, nil, fstest.MapFS{}, fstest.MapFS{}, &migration.Log{}, 0, nil, ""}
	p.db = connect(t, d, url)
	return p
}

// migrate writes the pending migration and runs it.
func (p *project) migrate(target schema.Schema) {
	p.t.Helper()
	p.write(schema.Diff(p.log.Schema(), target, schema.DiffOptions{}).Changes)
	p.up()
}

func (p *project) write(changes []schema.Change) *migration.File {
	p.t.Helper()
	files, err := migration.New(p.log, changes, migration.Options{
		Dialect: p.dialect,
		Format:  p.format,
		Now:     time.Date(2026, 8, 21, 12, 0, 0, 0, time.UTC),
	})
	if err != nil {
		p.t.Fatal(err)
	}
	if len(files) == 0 {
		p.t.Fatalf("no migration for %v", changes)
	}
	for _, f := range files {
		for _, text := range f.Texts() {
			p.files[text.Name] = &fstest.MapFile{Data: text.Data}
		}
		p.repo[f.Entry.File] = &fstest.MapFile{Data: f.Log}
	}
	if p.log, err = migration.LoadLog(p.repo); err != nil {
		p.t.Fatal(err)
	}
	p.written = len(files)
	return files[0]
}

func (p *project) scripts() []migration.Script {
	p.t.Helper()
	scripts, err := p.log.Scripts(p.files)
	if err != nil {
		p.t.Fatal(err)
	}
	return append(scripts, p.extra...)
}

func (p *project) open() *Migrator {
	p.t.Helper()
	m, err := Open(p.t.Context(), p.dialect, p.url, p.scripts())
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = m.Close() })
	return m
}

func (p *project) up() {
	p.t.Helper()
	m := p.open()
	if _, err := m.Up(context.WithoutCancel(p.t.Context())); err != nil {
		last := p.log.Entries[len(p.log.Entries)-1].Migration
		p.t.Fatalf("%v\n%s", err, p.files[last].Data)
	}
	if err := m.Close(); err != nil {
		p.t.Fatal(err)
	}
}

// insertRows puts a user and a session of theirs into the core tables.
func insertRows(t *testing.T, d schema.Dialect, db *sql.DB, s schema.Schema) {
	t.Helper()
	at := "'2026-01-02 03:04:05.006'"
	yes := "true"
	if d == schema.SQLite {
		at, yes = "'2026-01-02T03:04:05.006Z'", "1"
	}
	user := map[string]string{
		"id": "'u1'", "name": "'Ann'", "email": "'ann@example.com'", "emailVerified": yes, "createdAt": at, "updatedAt": at,
	}
	table, _ := s.Table("user")
	if _, ok := table.Column("given"); ok {
		user[nameOf(table, "given")] = "'value'"
	}
	for _, c := range table.Columns {
		if c.Ref != nil && c.Required {
			user[c.Name] = "'u1'"
		} else if _, given := user[c.Name]; c.Required && !given {
			user[c.Name] = map[schema.Type]string{schema.String: "'x'", schema.Number: "12", schema.Date: at}[c.Type]
		}
	}
	insert(t, d, db, "user", user)
	insert(t, d, db, "session", map[string]string{
		"id": "'s1'", "token": "'t'", "userId": "'u1'", "expiresAt": at, "createdAt": at, "updatedAt": at,
	})
}

func nameOf(t schema.Table, key string) string {
	c, _ := t.Column(key)
	return c.Name
}

func insert(t *testing.T, d schema.Dialect, db *sql.DB, table string, values map[string]string) {
	t.Helper()
	var columns, literals []string
	for column, literal := range values {
		columns = append(columns, migration.Quote(d, column))
		literals = append(literals, literal)
	}
	run(t, db, fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", migration.Quote(d, table),
		strings.Join(columns, ", "), strings.Join(literals, ", ")))
}

// with returns the core schema with more columns in the user table.
func with(columns ...schema.Column) schema.Schema {
	return edited(schema.Core(), "user", func(t *schema.Table) { t.Columns = append(t.Columns, columns...) })
}

func withIndex(s schema.Schema, columns ...string) schema.Schema {
	return edited(s, "user", func(t *schema.Table) { t.Indexes = append(t.Indexes, schema.Index{Columns: columns}) })
}

func withPlugin() schema.Schema {
	s := with(column("twoFactorEnabled", schema.Boolean), unique(column("username", schema.String)))
	secret := required(indexed(column("secret", schema.String)), nil)
	secret.Default = nil
	owner := references(indexed(column("userId", schema.String)), "user", "cascade")
	owner.Required = true
	s.Tables = append(s.Tables, schema.Table{
		Key: "twoFactor", Name: "twoFactor",
		Columns: []schema.Column{schema.ID(), secret, owner},
	}, schema.RateLimit())
	return s
}

func edited(s schema.Schema, table string, edit func(*schema.Table)) schema.Schema {
	at := slices.IndexFunc(s.Tables, func(t schema.Table) bool { return t.Key == table })
	edit(&s.Tables[at])
	return s
}

func column(key string, t schema.Type) schema.Column {
	return schema.Column{Key: key, Name: key, Type: t, Input: true, Returned: true}
}

func named(c schema.Column, name string) schema.Column {
	c.Name = name
	return c
}

func required(c schema.Column, value any) schema.Column {
	c.Required, c.Default = true, &schema.Default{Value: value}
	return c
}

func now(c schema.Column) schema.Column {
	c.Required, c.Default = true, &schema.Default{Now: true}
	return c
}

func references(c schema.Column, table, onDelete string) schema.Column {
	c.Ref = &schema.Ref{Table: table, Column: schema.PrimaryKey, OnDelete: onDelete}
	return c
}

func formerly(c schema.Column, key string) schema.Column {
	c.RenamedFrom = key
	return c
}

func unique(c schema.Column) schema.Column  { c.Unique = true; return c }
func indexed(c schema.Column) schema.Column { c.Index = true; return c }
func bigInt(c schema.Column) schema.Column  { c.BigInt = true; return c }
func sized(c schema.Column) schema.Column   { c.Sortable = true; return c }
