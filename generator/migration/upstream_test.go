package migration_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// upstreamTable is a table of Better Auth 1.7.5 with every plugin enabled, and the
// SQL its migrator prints for each column.
type upstreamTable struct {
	Key     string
	Columns []upstreamColumn
	Indexes []struct {
		Name    string
		Columns []string
		Unique  bool
	}
}

type upstreamColumn struct {
	Key, Type, References, Plugin             string
	Required, Unique, Index, Sortable, BigInt bool
	Input, Returned                           *bool
	Default                                   any
	SQL                                       map[string]string
}

func upstream(t testing.TB) []upstreamTable {
	t.Helper()
	data, err := os.ReadFile("testdata/upstream.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Tables []upstreamTable }
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Tables
}

// upstreamSchema builds all seventeen tables from what Better Auth declares.
func upstreamSchema(t testing.TB) schema.Schema {
	t.Helper()
	var s schema.Schema
	for _, ut := range upstream(t) {
		table := schema.Table{Key: ut.Key, Name: ut.Key}
		for _, uc := range ut.Columns {
			table.Columns = append(table.Columns, uc.column(t))
		}
		for _, ix := range ut.Indexes {
			if c, _ := table.Column(ix.Columns[0]); len(ix.Columns) > 1 || !c.Index {
				table.Indexes = append(table.Indexes, schema.Index{Columns: ix.Columns, Unique: ix.Unique})
			}
		}
		s.Tables = append(s.Tables, table)
	}
	return s
}

func (u upstreamColumn) column(t testing.TB) schema.Column {
	t.Helper()
	typ, err := schema.ParseType(u.Type)
	if err != nil {
		t.Fatal(err)
	}
	c := schema.Column{
		Key: u.Key, Name: u.Key, Type: typ,
		Required: u.Required, Unique: u.Unique, Index: u.Index, Sortable: u.Sortable, BigInt: u.BigInt,
		Input:    (u.Input == nil || *u.Input) && u.Key != schema.PrimaryKey,
		Returned: u.Returned == nil || *u.Returned,
		Origin:   schema.Origin{Plugin: u.Plugin},
	}
	switch u.Default {
	case nil, "now_ms()": // the latter is computed by the application
	case "now()":
		c.Default = &schema.Default{Now: true}
	default:
		c.Default = &schema.Default{Value: u.Default}
	}
	if table, column, ok := strings.Cut(u.References, "."); ok {
		c.Ref = &schema.Ref{Table: table, Column: column}
	}
	return c
}

func TestUpstreamSchemaIsValid(t *testing.T) {
	s := upstreamSchema(t)
	if len(s.Tables) != 17 {
		t.Errorf("%d tables, want 17", len(s.Tables))
	}
	for _, p := range s.Validate() {
		t.Error(p)
	}
}

// TestColumnsAreUpstreams compares every column with what the Better Auth migrator
// prints for it, after taking the documented differences away.
func TestColumnsAreUpstreams(t *testing.T) {
	s := upstreamSchema(t)
	compared := 0
	for _, ut := range upstream(t) {
		table, _ := s.Table(ut.Key)
		for _, uc := range ut.Columns {
			c, _ := table.Column(uc.Key)
			for _, d := range schema.Dialects() {
				want := withoutDifferences(t, d, uc, c)
				got := migration.ColumnSQL(d, s, table, c)
				if d == schema.MySQL {
					got = strings.Replace(got, " COLLATE utf8mb4_bin", "", 1)
				}
				if !strings.EqualFold(got, want) {
					t.Errorf("%s %s.%s:\n got %s\nwant %s", d, ut.Key, uc.Key, got, want)
				}
				compared++
			}
		}
	}
	if compared != 3*151 {
		t.Errorf("compared %d columns", compared)
	}
}

// withoutDifferences strips what we put elsewhere: uniqueness into an index, and
// the foreign keys of PostgreSQL and MySQL into constraints of the table.
func withoutDifferences(t *testing.T, d schema.Dialect, uc upstreamColumn, c schema.Column) string {
	t.Helper()
	text := uc.SQL[d.String()]
	cut := func(present bool, part string) {
		if strings.Contains(text, part) != present {
			t.Errorf("%s %s: %q, contains %q: want %v", d, uc.Key, text, part, present)
		}
		text = strings.Replace(text, part, "", 1)
	}
	cut(c.Unique, " unique")
	if c.Ref != nil && d != schema.SQLite {
		cut(true, " references "+migration.Quote(d, c.Ref.Table)+" ("+migration.Quote(d, "id")+") on delete cascade")
	}
	return text
}

func TestForeignKeysAreUpstreams(t *testing.T) {
	s := upstreamSchema(t)
	for _, d := range []schema.Dialect{schema.Postgres, schema.MySQL} {
		sql, err := migration.CreateSQL(d, s)
		if err != nil {
			t.Fatal(err)
		}
		q := func(name string) string { return migration.Quote(d, name) }
		count := 0
		for _, table := range s.Tables {
			for _, c := range table.Columns {
				if c.Ref == nil {
					continue
				}
				count++
				want := "CONSTRAINT " + q(table.Key+"_"+c.Key+"_fkey") + " FOREIGN KEY (" + q(c.Key) +
					") REFERENCES " + q(c.Ref.Table) + " (" + q("id") + ") ON DELETE CASCADE"
				if strings.Count(sql, want) != 1 {
					t.Errorf("%s: schema lacks %s", d, want)
				}
			}
		}
		if count != strings.Count(sql, "FOREIGN KEY") || count == 0 {
			t.Errorf("%s: %d foreign keys, want %d", d, strings.Count(sql, "FOREIGN KEY"), count)
		}
	}
}

// TestIndexesAreUpstreams checks that our indexes are Better Auth's by name, plus
// one for each column it declares unique inline.
func TestIndexesAreUpstreams(t *testing.T) {
	s := upstreamSchema(t)
	for _, ut := range upstream(t) {
		table, _ := s.Table(ut.Key)
		var want, got []string
		for _, ix := range ut.Indexes {
			want = append(want, ix.Name)
		}
		for _, c := range ut.Columns {
			if c.Unique {
				want = append(want, ut.Key+"_"+c.Key+"_uidx")
			}
		}
		for _, ix := range table.AllIndexes() {
			got = append(got, ix.Name)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: indexes %v, want %v", ut.Key, got, want)
		}
	}
}

// TestCoreIsUpstreams compares schema.Core with the recorded declarations. What
// Core adds is listed here.
func TestCoreIsUpstreams(t *testing.T) {
	added := map[string]func(*schema.Column){
		"session.expiresAt":      func(c *schema.Column) { c.Index = false },
		"verification.expiresAt": func(c *schema.Column) { c.Index = false },
		"account.accountId":      func(c *schema.Column) { c.Sortable = false },
		"account.providerId":     func(c *schema.Column) { c.Sortable = false },
	}
	ours := append(schema.Core().Tables, schema.RateLimit())
	for _, table := range ours {
		reference, ok := upstreamSchema(t).Table(table.Key)
		if !ok {
			t.Fatalf("no table %s", table.Key)
		}
		var want []schema.Column
		for _, c := range reference.Columns {
			if c.Origin.Plugin == "" {
				want = append(want, c)
			}
		}
		for i, c := range table.Columns {
			c.Origin = schema.Origin{}
			if undo := added[table.Key+"."+c.Key]; undo != nil {
				undo(&c)
			}
			if c.Ref != nil {
				c.Ref = &schema.Ref{Table: c.Ref.Table, Column: c.Ref.Column} // cascade is the default
			}
			if i >= len(want) || !reflect.DeepEqual(c, want[i]) {
				t.Errorf("%s: column %d is %+v", table.Key, i, c)
			}
		}
		if len(table.Columns) != len(want) {
			t.Errorf("%s: %d columns, want %d", table.Key, len(table.Columns), len(want))
		}
	}
}

// TestIDColumns compares the columns of ids with those of Better Auth 1.7.5's migrator. SQLite's has an
// addition: the id of a deleted row must not be handed out again.
func TestIDColumns(t *testing.T) {
	want := map[schema.IDs]map[schema.Dialect][2]string{
		schema.UUIDs: {
			schema.SQLite:   {"text NOT NULL PRIMARY KEY", `text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE`},
			schema.Postgres: {"uuid DEFAULT pg_catalog.gen_random_uuid() NOT NULL PRIMARY KEY", "uuid NOT NULL"},
			schema.MySQL:    {"varchar(36) NOT NULL PRIMARY KEY", "varchar(36) NOT NULL"},
		},
		schema.SerialIDs: {
			schema.SQLite:   {"integer NOT NULL PRIMARY KEY AUTOINCREMENT", `integer NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE`},
			schema.Postgres: {"integer GENERATED BY DEFAULT AS IDENTITY NOT NULL PRIMARY KEY", "integer NOT NULL"},
			schema.MySQL:    {"integer NOT NULL AUTO_INCREMENT PRIMARY KEY", "integer NOT NULL"},
		},
	}
	for ids, dialects := range want {
		s := schema.Core().WithIDs(ids)
		user, _ := s.Table("user")
		session, _ := s.Table("session")
		userID, _ := session.Column("userId")
		for d, columns := range dialects {
			if got := migration.ColumnSQL(d, s, user, user.Columns[0]); got != columns[0] {
				t.Errorf("%s %s: id is %s", d, ids, got)
			}
			if got := migration.ColumnSQL(d, s, session, userID); got != columns[1] {
				t.Errorf("%s %s: userId is %s", d, ids, got)
			}
		}
	}
}

// TestIDsStay makes sure that the ids of a database in use are not converted.
func TestIDsStay(t *testing.T) {
	before := schema.Core()
	after := before.WithIDs(schema.SerialIDs)
	changes := schema.Diff(before, after, schema.DiffOptions{}).Changes
	for _, d := range schema.Dialects() {
		if _, err := migration.Plan(d, before, changes); err == nil || !strings.Contains(err.Error(), "generateId") {
			t.Errorf("%s: %v", d, err)
		}
	}
	if same := schema.Diff(after, after.Clone(), schema.DiffOptions{}).Changes; len(same) != 0 {
		t.Errorf("changes from serial to serial: %v", same)
	}
}
