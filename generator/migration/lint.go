package migration

import (
	"fmt"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Finding is something to know about a migration before it runs. Codes are in
// the manner of Atlas: DS loses data, DD depends on the data there is, BC breaks
// a server that still runs the code of before, CD gives up a constraint.
type Finding struct {
	Code    string
	Subject string // "user.handle"
	Text    string
	Origin  schema.Origin // who asked for the change, if known
}

// Key is how migrations.allow names the finding.
func (f Finding) Key() string { return f.Code + " " + f.Subject }

// Lint returns what there is to know about changes to a database with the schema
// before, in order. Tables that the changes create hold no rows and break nobody.
func Lint(d schema.Dialect, before schema.Schema, changes []schema.Change) []Finding {
	l := linter{dialect: d, schema: before}
	created := map[string]bool{}
	for _, change := range changes {
		if c, ok := change.(schema.AddTable); ok {
			created[c.Table.Key] = true
		} else if !created[tableOf(change)] {
			l.change(change)
		}
		after, err := schema.Apply(l.schema, []schema.Change{change})
		if err != nil {
			return l.findings // planning says why
		}
		l.schema = after
	}
	return l.findings
}

// Findings returns what there was, or is, to know about each of the entries of a log. Baselines change nothing.
func Findings(entries []Entry) []Finding {
	var out []Finding
	var before schema.Schema
	for _, e := range entries {
		if !e.Baseline {
			out = append(out, Lint(e.Dialect, before, e.Changes)...)
		}
		after, err := schema.Apply(before, e.Changes)
		if err != nil {
			return out // loading the log says why
		}
		before = after
	}
	return out
}

type linter struct {
	dialect  schema.Dialect
	schema   schema.Schema
	findings []Finding
}

func (l *linter) report(code string, c schema.Change, o schema.Origin, format string, args ...any) {
	l.findings = append(l.findings, Finding{code, c.Subject(), fmt.Sprintf(format, args...), o})
}

func (l *linter) change(change schema.Change) {
	switch c := change.(type) {
	case schema.DropTable:
		l.report("DS102", c, c.Table.Origin, "the table and its rows are deleted")
	case schema.DropColumn:
		l.report("DS103", c, c.Column.Origin, "the column and its values are deleted")
	case schema.RenameTable:
		l.report("BC101", c, l.origin(c.Table, ""), "a server that runs the code of before does not find the table %q any more", c.From)
	case schema.RenameColumn:
		l.report("BC102", c, l.origin(c.Table, c.Column), "a server that runs the code of before does not find the column %q any more", c.From)
	case schema.AddColumn:
		l.addColumn(c)
	case schema.AlterColumn:
		l.alterColumn(c)
	case schema.AddIndex:
		if c.Index.Unique {
			l.report("DD101", c, l.origin(c.Table, ""), "fails where two rows have the same values in %v", c.Index.Columns)
		}
	}
}

func (l *linter) addColumn(c schema.AddColumn) {
	if c.Column.Required && c.Column.Unique {
		l.report("DD101", c, c.Column.Origin, "fails if there are two rows: both get the default, and it must be unique")
	}
	l.requires(c, c.Column)
}

func (l *linter) alterColumn(c schema.AlterColumn) {
	if c.To.Unique && !c.From.Unique {
		l.report("DD101", c, c.To.Origin, "fails where two rows have the same value")
	}
	if c.To.Ref != nil && c.From.Ref == nil {
		l.report("DD105", c, c.To.Origin, "fails where a row refers to none of %s", c.To.Ref.Table)
	}
	if c.From.Ref != nil && c.To.Ref == nil {
		l.report("CD101", c, c.To.Origin, "rows stay when what they refer to in %s goes", c.From.Ref.Table)
	}
	if l.shortens(c) {
		l.report("DD106", c, c.To.Origin, "fails where a value is longer than the new type allows")
	}
	if !c.From.Required {
		l.requires(c, c.To)
	}
}

// requires reports a column that the code of before does not fill in. A default
// of the database does it for that code.
func (l *linter) requires(c schema.Change, column schema.Column) {
	served := column.Default != nil && (column.Default.Now && l.dialect != schema.SQLite)
	if _, added := c.(schema.AddColumn); added && l.dialect == schema.SQLite && column.Ref == nil {
		// The log does not keep literals, but no column is added without a default: see requiredColumnSQLite.
		served = served || column.Default == nil || !column.Default.Now
	}
	if column.Required && !served {
		l.report("BC103", c, column.Origin, "a server that runs the code of before cannot insert rows any more: it leaves the column out")
	}
}

// shortens reports a MySQL string whose type gets a limit it did not have.
func (l *linter) shortens(c schema.AlterColumn) bool {
	if l.dialect != schema.MySQL || c.From.Type != schema.String {
		return false
	}
	before, _ := l.schema.Table(c.Table)
	after, err := schema.Apply(l.schema, []schema.Change{c})
	if err != nil {
		return false
	}
	table, _ := after.Table(c.Table)
	from, to := ColumnType(l.dialect, before, c.From), ColumnType(l.dialect, table, c.To)
	return from != to && to != "text"
}

func (l *linter) origin(table, column string) schema.Origin {
	if c, ok := l.schema.Column(table, column); ok {
		return c.Origin
	}
	t, _ := l.schema.Table(table)
	return t.Origin
}

// tableOf returns the key of the table a change is about.
func tableOf(c schema.Change) string {
	key, _, _ := strings.Cut(c.Subject(), ".")
	key, _, _ = strings.Cut(key, "(")
	return key
}
