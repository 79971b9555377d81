package migration_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// with returns the core schema with more columns in the user table.
func with(columns ...schema.Column) schema.Schema {
	s := schema.Core()
	s.Tables[0].Columns = append(s.Tables[0].Columns, columns...)
	return s
}

func column(key string, t schema.Type) schema.Column {
	return schema.Column{Key: key, Name: key, Type: t, Input: true, Returned: true}
}

func required(c schema.Column, d *schema.Default) schema.Column {
	c.Required, c.Default = true, d
	return c
}

func diff(from, to schema.Schema) []schema.Change {
	return schema.Diff(from, to, schema.DiffOptions{}).Changes
}

func plan(t *testing.T, d schema.Dialect, from, to schema.Schema) migration.Steps {
	t.Helper()
	steps, err := migration.Plan(d, from, diff(from, to))
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

func TestPlanRequiredColumn(t *testing.T) {
	to := with(required(column("level", schema.Number), &schema.Default{Value: 7}))
	for d, want := range map[schema.Dialect][]string{
		schema.SQLite: {`ALTER TABLE "user" ADD COLUMN "level" integer NOT NULL DEFAULT 7`},
		schema.Postgres: {
			`ALTER TABLE "user" ADD COLUMN "level" integer`,
			`UPDATE "user" SET "level" = 7 WHERE "level" IS NULL`,
			`ALTER TABLE "user" ALTER COLUMN "level" SET NOT NULL`,
		},
		schema.MySQL: {
			"ALTER TABLE `user` ADD COLUMN `level` integer",
			"UPDATE `user` SET `level` = 7 WHERE `level` IS NULL",
			"ALTER TABLE `user` MODIFY COLUMN `level` integer NOT NULL",
		},
	} {
		if got := plan(t, d, schema.Core(), to).Up(); !slices.Equal(got, want) {
			t.Errorf("%s: %q\nwant %q", d, got, want)
		}
	}
}

func TestPlanRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		from, to schema.Column
		want     string
	}{
		"required without a default": {
			to:   required(column("x", schema.String), nil),
			want: "add column user.x: user.x is required, but the rows there are have no value for it",
		},
		"becomes required without a default": {
			from: column("x", schema.String),
			to:   required(column("x", schema.String), nil),
			want: "alter column user.x: user.x is required",
		},
		"string to number": {
			from: column("x", schema.String),
			to:   column("x", schema.Number),
			want: "alter column user.x: user.x: a string column cannot become number without losing data",
		},
		"narrowing": {
			from: schema.Column{Key: "x", Name: "x", Type: schema.Number, BigInt: true},
			to:   column("x", schema.Number),
			want: "a bigint number column cannot become number",
		},
		"date to string": {
			from: column("x", schema.Date),
			to:   column("x", schema.String),
			want: "a date column cannot become string",
		},
	} {
		t.Run(name, func(t *testing.T) {
			from := schema.Core()
			if test.from.Key != "" {
				from = with(test.from)
			}
			for _, d := range schema.Dialects() {
				_, err := migration.Plan(d, from, diff(from, with(test.to)))
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("%s: err = %v, want %q", d, err, test.want)
				}
			}
		})
	}
}

// TestPlanIsEmptyWhenNothingIsStoredDifferently: the change is recorded in the
// schema, but the dialect stores both forms alike.
func TestPlanIsEmptyWhenNothingIsStoredDifferently(t *testing.T) {
	sized := column("x", schema.String)
	sized.Sortable = true
	for d, steps := range map[schema.Dialect]int{schema.SQLite: 0, schema.Postgres: 0, schema.MySQL: 1} {
		if got := plan(t, d, with(column("x", schema.String)), with(sized)); len(got) != steps {
			t.Errorf("%s: sortable takes %d steps (%q), want %d", d, len(got), got.Up(), steps)
		}
	}
	for _, d := range schema.Dialects() {
		if got := plan(t, d, with(column("x", schema.StringArray)), with(column("x", schema.JSON))); len(got) != 0 {
			t.Errorf("%s: string[] to json takes %q, want nothing", d, got.Up())
		}
	}
}

func TestMySQLStepsAreSingleStatements(t *testing.T) {
	hidden := with(required(column("a", schema.String), &schema.Default{Value: "a"}))
	for _, to := range []schema.Schema{upstreamSchema(t), hidden} {
		for i, step := range plan(t, schema.MySQL, schema.Core(), to) {
			if len(step.Up) != 1 || len(step.Down) > 1 {
				t.Errorf("step %d is %q, %q", i, step.Up, step.Down)
			}
		}
	}
}

func TestPlanNamesTheConflict(t *testing.T) {
	c := column("mail", schema.String)
	c.Name = "email"
	_, err := migration.Plan(schema.SQLite, schema.Core(), []schema.Change{schema.AddColumn{Table: "user", Column: c}})
	if err == nil || !strings.Contains(err.Error(), `the name "email" is taken by user.email`) {
		t.Errorf("err = %v", err)
	}
}

func TestEveryIdentifierIsQuoted(t *testing.T) {
	for _, d := range schema.Dialects() {
		sql, err := migration.CreateSQL(d, upstreamSchema(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"user", "key", "order", "session_userId_idx", "id"} {
			bare := func(field string) bool { return strings.Trim(field, "(),;") == word }
			if slices.ContainsFunc(strings.Fields(sql), bare) {
				t.Errorf("%s: %s is not quoted", d, word)
			}
		}
	}
}

func TestQuoteEscapes(t *testing.T) {
	if got := migration.Quote(schema.Postgres, `a"b`); got != `"a""b"` {
		t.Errorf("postgres: %s", got)
	}
	if got := migration.Quote(schema.MySQL, "a`b"); got != "`a``b`" {
		t.Errorf("mysql: %s", got)
	}
}
