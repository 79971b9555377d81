package migration_test

import (
	"slices"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestLint(t *testing.T) {
	uniqueOf := func(c schema.Column) schema.Column { c.Unique = true; return c }
	toUser := func(c schema.Column) schema.Column {
		c.Ref = &schema.Ref{Table: "user", Column: "id", OnDelete: "set null"}
		return c
	}
	value := &schema.Default{Value: "x"}
	renamed := schema.Core()
	renamed.Tables[0].Name = "people"
	x := column("x", schema.String)
	for name, test := range map[string]struct {
		from, to    schema.Schema
		destructive bool
		sqlite      []string
		servers     []string // PostgreSQL and MySQL
		mysql       []string // if other than servers
	}{
		"tables of one's own": {from: schema.Schema{}, to: upstreamSchema(t)},
		"plain column":        {from: schema.Core(), to: with(x)},
		"unique column":       {from: schema.Core(), to: with(uniqueOf(x))},
		"required column": {
			from: schema.Core(), to: with(required(x, value)), servers: []string{"BC103 user.x"},
		},
		"required column with the time": {
			from: schema.Core(), to: with(required(column("x", schema.Date), &schema.Default{Now: true})), sqlite: []string{"BC103 user.x"},
		},
		"required unique column": {
			from: schema.Core(), to: with(uniqueOf(required(x, value))),
			sqlite: []string{"DD101 user.x"}, servers: []string{"DD101 user.x", "BC103 user.x"},
		},
		"becomes unique": {
			from: with(x), to: with(uniqueOf(x)), sqlite: []string{"DD101 user.x"}, servers: []string{"DD101 user.x"},
			mysql: []string{"DD101 user.x", "DD106 user.x"},
		},
		"becomes required": {
			from: with(x), to: with(required(x, value)), sqlite: []string{"BC103 user.x"}, servers: []string{"BC103 user.x"},
		},
		"becomes a reference": {
			from: with(x), to: with(toUser(x)), sqlite: []string{"DD105 user.x"}, servers: []string{"DD105 user.x"},
			mysql: []string{"DD105 user.x", "DD106 user.x"},
		},
		"is no reference any more": {
			from: with(toUser(x)), to: with(x), sqlite: []string{"CD101 user.x"}, servers: []string{"CD101 user.x"},
		},
		"table gets another name":  {from: schema.Core(), to: renamed, sqlite: []string{"BC101 user"}, servers: []string{"BC101 user"}},
		"column gets another name": {from: with(x), to: with(func() schema.Column { c := x; c.Name = "y"; return c }()), sqlite: []string{"BC102 user.x"}, servers: []string{"BC102 user.x"}},
		"drops": {
			from: func() schema.Schema { s := with(x); s.Tables = append(s.Tables, schema.RateLimit()); return s }(), to: schema.Core(),
			destructive: true, sqlite: []string{"DS102 rateLimit", "DS103 user.x"}, servers: []string{"DS102 rateLimit", "DS103 user.x"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			changes := schema.Diff(test.from, test.to, schema.DiffOptions{Destructive: test.destructive}).Changes
			for d, want := range map[schema.Dialect][]string{schema.SQLite: test.sqlite, schema.Postgres: test.servers, schema.MySQL: test.servers} {
				if d == schema.MySQL && test.mysql != nil {
					want = test.mysql
				}
				if got := keys(migration.Lint(d, test.from, changes)); !slices.Equal(got, want) {
					t.Errorf("%s: %v, want %v", d, got, want)
				}
				if got := keys(migration.Lint(d, test.from, recorded(t, d, changes))); !slices.Equal(got, want) {
					t.Errorf("%s, as the change log has it: %v, want %v", d, got, want)
				}
			}
		})
	}
}

func keys(found []migration.Finding) (out []string) {
	for _, f := range found {
		out = append(out, f.Key())
	}
	return out
}

// recorded returns changes as they come back from the change log.
func recorded(t *testing.T, d schema.Dialect, changes []schema.Change) []schema.Change {
	t.Helper()
	text, err := migration.EncodeEntry(migration.Entry{Migration: "1_x.sql", Dialect: d, Changes: changes})
	if err != nil {
		t.Fatal(err)
	}
	e, err := migration.DecodeEntry(text)
	if err != nil {
		t.Fatal(err)
	}
	return e.Changes
}
