package schema_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// edit returns Core with one table changed.
func edit(table string, change func(*schema.Table)) schema.Schema {
	s := schema.Core()
	for i := range s.Tables {
		if s.Tables[i].Key == table {
			change(&s.Tables[i])
		}
	}
	return s
}

func describe(changes []schema.Change) []string {
	var out []string
	for _, c := range changes {
		out = append(out, c.String())
	}
	return out
}

func TestDiff(t *testing.T) {
	company := schema.Column{Key: "company", Name: "company", Type: schema.String, Required: true}
	for name, test := range map[string]struct {
		from, to  schema.Schema
		changes   []string
		leftovers []string
	}{
		"nothing": {from: schema.Core(), to: schema.Core()},
		"what no database sees": {
			from: schema.Core(),
			to: edit("user", func(t *schema.Table) {
				t.Columns[1].Enum = []string{"x"}
				t.Columns[1].Returned, t.Columns[1].Input = false, false
				t.Columns[1].Default = &schema.Default{Value: "x"}
				t.Columns[2].Index = true // it is unique, which is an index already
				t.Columns[1].Origin.Pos = "betterauth.yaml:1:1"
				slices.Reverse(t.Columns[1:])
			}),
		},
		"rename": {
			from: schema.Core(),
			to: edit("user", func(t *schema.Table) {
				t.Name = "users"
				t.Columns[2].Name = "email_address"
			}),
			changes: []string{
				`rename table user from "user" to "users"`,
				`rename column user.email from "email" to "email_address"`,
			},
		},
		"names move up": {
			from: schema.Core(),
			to:   edit("user", func(t *schema.Table) { t.Columns[1].Name, t.Columns[2].Name = "email", "mail" }),
			changes: []string{
				`rename column user.email from "email" to "mail"`,
				`rename column user.name from "name" to "email"`,
			},
		},
		"names change places": {
			from: schema.Core(),
			to:   edit("user", func(t *schema.Table) { t.Columns[1].Name, t.Columns[2].Name = "email", "name" }),
			changes: []string{
				`rename column user.name from "name" to "betterauth_renamed"`,
				`rename column user.email from "email" to "name"`,
				`rename column user.name from "betterauth_renamed" to "email"`,
			},
		},
		"new column and table": {
			from: schema.Core(),
			to: func() schema.Schema {
				s := edit("user", func(t *schema.Table) { t.Columns = append(t.Columns, company) })
				s.Tables = slices.Insert(s.Tables, 0, refTable("passkey", "user"))
				return s
			}(),
			changes: []string{"add table passkey", "add column user.company"},
		},
		"left over, and relaxed because required": {
			from: func() schema.Schema {
				s := edit("user", func(t *schema.Table) { t.Columns = append(t.Columns, company) })
				s.Tables = append(s.Tables, refTable("passkey", "user"), refTable("challenge", "passkey"))
				return s
			}(),
			to:        schema.Core(),
			changes:   []string{"alter column user.company"},
			leftovers: []string{"drop table challenge", "drop table passkey", "drop column user.company"},
		},
		"index replaced under its name": {
			from:    schema.Core(),
			to:      edit("account", func(t *schema.Table) { t.Indexes[0].Columns = []string{"providerId", "accountId", "userId"} }),
			changes: []string{"drop index account(account_providerId_accountId_uidx)", "add index account(account_providerId_accountId_uidx)"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			delta := schema.Diff(test.from, test.to, schema.DiffOptions{})
			if got := describe(delta.Changes); !slices.Equal(got, test.changes) {
				t.Errorf("changes = %q\nwant %q", got, test.changes)
			}
			if got := describe(delta.Leftovers); !slices.Equal(got, test.leftovers) {
				t.Errorf("leftovers = %q\nwant %q", got, test.leftovers)
			}
		})
	}
}

func TestApplyConflicts(t *testing.T) {
	user, _ := schema.Core().Table("user")
	email, _ := user.Column("email")
	name, _ := user.Column("name")
	twin := email
	twin.Key = "mail"
	for want, change := range map[string]schema.Change{
		"add table user: the table exists already":                      schema.AddTable{Table: user},
		`add table a: the name "USER" is taken by table user`:           schema.AddTable{Table: schema.Table{Key: "a", Name: "USER"}},
		"add column user.email: the column exists already":              schema.AddColumn{Table: "user", Column: email},
		`add column user.mail: the name "email" is taken by user.email`: schema.AddColumn{Table: "user", Column: twin},
		`add column org.email: there is no table "org"`:                 schema.AddColumn{Table: "org", Column: email},
		"drop table user: session.userId refers to it":                  schema.DropTable{Table: user},
		"drop column user.id: session.userId refers to it":              schema.DropColumn{Table: "user", Column: user.Columns[0]},
		"drop column user.mail: there is no such column":                schema.DropColumn{Table: "user", Column: twin},
		"drop column account.accountId: an index covers it":             schema.DropColumn{Table: "account", Column: schema.Column{Key: "accountId"}},
		"alter column user.email: the column is not what the change starts from": schema.AlterColumn{
			Table: "user", From: schema.Column{Key: "email", Name: "email", Type: schema.Number}, To: email},
		`rename table user from "people" to "users": it is named "user"`:                          schema.RenameTable{Table: "user", From: "people", To: "users"},
		`rename column user.name from "name" to "email": the name "email" is taken by user.email`: schema.RenameColumn{Table: "user", Column: name.Key, From: "name", To: "email"},
		"add index user(user_email_uidx): the index exists already":                               schema.AddIndex{Table: "user", Index: schema.Index{Columns: []string{"email"}, Unique: true}},
		"drop index user(user_name_idx): there is no such index":                                  schema.DropIndex{Table: "user", Index: schema.Index{Columns: []string{"name"}}},
	} {
		if _, err := schema.Apply(schema.Core(), []schema.Change{change}); err == nil || err.Error() != want {
			t.Errorf("err = %v\nwant %s", err, want)
		}
	}
}

func TestApplyLeavesItsArgumentAlone(t *testing.T) {
	before := schema.Core()
	_, err := schema.Apply(before, []schema.Change{
		schema.RenameTable{Table: "user", From: "user", To: "users"},
		schema.RenameColumn{Table: "user", Column: "name", From: "name", To: "full_name"},
		schema.DropIndex{Table: "account", Index: before.Tables[2].Indexes[0]},
	})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, schema.Core()) {
		t.Error("Apply changed the schema it was given")
	}
}

// TestApplyUndoesDiff checks the law that makes the change log work: for any two
// schemas, applying their difference to the one gives the other.
func TestApplyUndoesDiff(t *testing.T) {
	for seed := range uint64(2000) {
		g := generator{rand.New(rand.NewPCG(seed, 0))}
		from, to := g.schema(), g.schema()
		delta := schema.Diff(from, to, schema.DiffOptions{Destructive: true})
		got, err := schema.Apply(from, delta.Changes)
		if err != nil {
			t.Fatalf("seed %d: %v\nchanges %q", seed, err, describe(delta.Changes))
		}
		if !reflect.DeepEqual(canonical(got), canonical(to)) {
			t.Fatalf("seed %d: got  %+v\nwant %+v\nchanges %q", seed, canonical(got), canonical(to), describe(delta.Changes))
		}
		again := schema.Diff(from, to, schema.DiffOptions{Destructive: true})
		if !reflect.DeepEqual(delta, again) {
			t.Fatalf("seed %d: Diff is not deterministic", seed)
		}
	}
}

// TestDiffKeepsData checks that without Destructive nothing is dropped but
// everything asked for is there, and that the second diff is empty.
func TestDiffKeepsData(t *testing.T) {
	for seed := range uint64(2000) {
		g := generator{rand.New(rand.NewPCG(seed, 1))}
		from, to := g.schema(), g.schema()
		delta := schema.Diff(from, to, schema.DiffOptions{})
		got, err := schema.Apply(from, delta.Changes)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, table := range from.Tables {
			for _, c := range table.Columns {
				if _, ok := got.Column(table.Key, c.Key); !ok {
					t.Fatalf("seed %d: %s.%s is gone", seed, table.Key, c.Key)
				}
			}
		}
		again := schema.Diff(got, to, schema.DiffOptions{})
		// The order may differ: the fold declares its tables in another.
		first, second := slices.Sorted(slices.Values(describe(delta.Leftovers))), slices.Sorted(slices.Values(describe(again.Leftovers)))
		if len(again.Changes) > 0 || !slices.Equal(first, second) {
			t.Fatalf("seed %d: second diff has %q, %q", seed, describe(again.Changes), describe(again.Leftovers))
		}
	}
}

// canonical reduces a schema to what the database knows, in an order of its own.
func canonical(s schema.Schema) schema.Schema {
	s = s.Clone()
	byKey := func(a, b string) int { return strings.Compare(a, b) }
	for i, t := range s.Tables {
		for j, c := range t.Columns {
			t.Columns[j] = c.Stored()
		}
		indexes := t.AllIndexes()[len(t.AllIndexes())-len(t.Indexes):]
		slices.SortFunc(t.Columns, func(a, b schema.Column) int { return byKey(a.Key, b.Key) })
		slices.SortFunc(indexes, func(a, b schema.Index) int { return byKey(a.Name, b.Name) })
		s.Tables[i].Indexes = append([]schema.Index(nil), indexes...)
		s.Tables[i].Origin = schema.Origin{}
	}
	slices.SortFunc(s.Tables, func(a, b schema.Table) int { return byKey(a.Key, b.Key) })
	return s
}

// generator makes random valid schemas from a few keys, so that two of them have
// much in common.
type generator struct{ *rand.Rand }

func (g generator) maybe() bool { return g.IntN(2) == 0 }

func (g generator) name(key string) string {
	if g.maybe() {
		return key
	}
	return fmt.Sprintf("%s_%d", key, g.IntN(3))
}

func (g generator) schema() schema.Schema {
	var s schema.Schema
	for i := range 5 {
		if g.maybe() {
			s.Tables = append(s.Tables, g.table(fmt.Sprintf("t%d", i), s.Tables))
		}
	}
	g.Shuffle(len(s.Tables), func(i, j int) { s.Tables[i], s.Tables[j] = s.Tables[j], s.Tables[i] })
	return s
}

func (g generator) table(key string, targets []schema.Table) schema.Table {
	t := schema.Table{Key: key, Name: g.name(key), Columns: []schema.Column{schema.ID()}}
	for i := range 5 {
		if g.maybe() {
			t.Columns = append(t.Columns, g.column(fmt.Sprintf("c%d", i), targets))
		}
	}
	if n := len(t.Columns); n > 2 && g.maybe() {
		t.Indexes = []schema.Index{{Columns: []string{t.Columns[1].Key, t.Columns[n-1].Key}, Unique: g.maybe()}}
	}
	return t
}

func (g generator) column(key string, targets []schema.Table) schema.Column {
	types := schema.Types()[:4]
	c := schema.Column{
		Key: key, Name: g.name(key), Type: types[g.IntN(len(types))],
		Required: g.maybe(), Unique: g.IntN(4) == 0, Index: g.maybe(), Sortable: g.maybe(), Input: g.maybe(),
	}
	if c.Type == schema.Date && g.maybe() {
		c.Default = &schema.Default{Now: true}
	}
	if c.Type == schema.String && len(targets) > 0 && g.maybe() {
		c.Ref = &schema.Ref{Table: targets[g.IntN(len(targets))].Key, Column: "id"}
	}
	return c
}
