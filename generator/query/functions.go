package query

import (
	"fmt"
	"strings"
	"text/template"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// namer spells keys for one schema and dialect. Its methods are the template functions that the
// package comment lists.
type namer struct {
	dialect schema.Dialect
	schema  schema.Schema
}

func (n namer) functions() template.FuncMap {
	return template.FuncMap{
		"table": n.table, "col": n.col, "cols": n.cols, "arg": arg, "args": n.args, "sets": n.sets,
		"insert": n.insert, "insertCommand": n.insertCommand, "forUpdate": n.forUpdate,
		"concat": n.concat, "integer": n.integer, "text": n.text, "dialect": n.dialect.String,
	}
}

func (n namer) quote(name string) string { return migration.Quote(n.dialect, name) }

func (n namer) table(key string) (string, error) {
	t, ok := n.schema.Table(key)
	if !ok {
		return "", fmt.Errorf("unknown table %q", key)
	}
	return n.quote(t.Name), nil
}

func (n namer) col(path string) (string, error) {
	table, key, _ := strings.Cut(path, ".")
	c, ok := n.schema.Column(table, key)
	if !ok {
		return "", fmt.Errorf("unknown column %q", path)
	}
	return n.quote(c.Name), nil
}

func (n namer) cols(table string, keys ...string) (string, error) {
	return n.list(table, keys, func(c schema.Column) string { return n.quote(c.Name) })
}

func (n namer) args(table string, keys ...string) (string, error) {
	return n.list(table, keys, func(c schema.Column) string { return arg(c.Key) })
}

func (n namer) sets(table string, keys ...string) (string, error) {
	if len(keys) == 0 {
		t, _ := n.schema.Table(table)
		for _, c := range t.Columns {
			if c.Key != schema.PrimaryKey {
				keys = append(keys, c.Key)
			}
		}
	}
	return n.list(table, keys, func(c schema.Column) string { return n.quote(c.Name) + " = " + arg(c.Key) })
}

// insert prints the statement that adds a row, which returns the id where the database makes it.
func (n namer) insert(table string) (string, error) {
	t, ok := n.schema.Table(table)
	if !ok {
		return "", fmt.Errorf("unknown table %q", table)
	}
	var names, args []string
	for _, c := range t.Columns {
		if c.Key != schema.PrimaryKey || !c.IDs.ByDatabase() {
			names, args = append(names, n.quote(c.Name)), append(args, arg(c.Key))
		}
	}
	text := fmt.Sprintf("INSERT INTO %s (%s)\nVALUES (%s)", n.quote(t.Name), wrap(names), wrap(args))
	if command, _ := n.insertCommand(table); command == ":one" {
		id, _ := n.col(table + "." + schema.PrimaryKey)
		text += "\nRETURNING " + id
	}
	return text, nil
}

// insertCommand says how sqlc is to run insert.
func (n namer) insertCommand(table string) (string, error) {
	id, ok := n.schema.Column(table, schema.PrimaryKey)
	switch {
	case !ok:
		return "", fmt.Errorf("unknown table %q", table)
	case !id.IDs.ByDatabase():
		return ":exec", nil
	case n.dialect == schema.MySQL:
		return ":execlastid", nil
	}
	return ":one", nil
}

// list prints some columns of a table, or all of them.
func (n namer) list(table string, keys []string, print func(schema.Column) string) (string, error) {
	t, ok := n.schema.Table(table)
	if !ok {
		return "", fmt.Errorf("unknown table %q", table)
	}
	columns := t.Columns
	if len(keys) > 0 {
		columns = nil
		for _, key := range keys {
			c, ok := t.Column(key)
			if !ok {
				return "", fmt.Errorf("unknown column %q", table+"."+key)
			}
			columns = append(columns, c)
		}
	}
	texts := make([]string, len(columns))
	for i, c := range columns {
		texts[i] = print(c)
	}
	return wrap(texts), nil
}

func (n namer) forUpdate() string {
	if n.dialect == schema.SQLite {
		return ""
	}
	return "\nFOR UPDATE"
}

// integer and text are parameters that say their type themselves.
func (n namer) integer(name string) string { return n.cast(name, "INTEGER", "BIGINT", "SIGNED") }
func (n namer) text(name string) string    { return n.cast(name, "TEXT", "TEXT", "CHAR") }

func (n namer) cast(name, sqlite, postgres, mysql string) string {
	types := map[schema.Dialect]string{schema.SQLite: sqlite, schema.Postgres: postgres, schema.MySQL: mysql}
	return "CAST(" + arg(name) + " AS " + types[n.dialect] + ")"
}

// concat joins texts; "||" is a logical or on MySQL.
func (n namer) concat(texts ...string) string {
	if n.dialect == schema.MySQL {
		return "CONCAT(" + strings.Join(texts, ", ") + ")"
	}
	return strings.Join(texts, " || ")
}

func arg(name string) string { return "sqlc.arg('" + name + "')" }

// wrap joins with commas and breaks lines like a person would.
func wrap(texts []string) string {
	const width = 80
	var b strings.Builder
	line := 0
	for i, text := range texts {
		switch {
		case i == 0:
		case line+len(text) > width:
			b.WriteString(",\n    ")
			line = 0
		default:
			b.WriteString(", ")
		}
		b.WriteString(text)
		line += len(text) + 2
	}
	return b.String()
}
