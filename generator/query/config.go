package query

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/generator/gofile"
	"github.com/betterauth-gen/betterauth-gen/generator/gotype"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// config writes sqlc.yaml. The file works in place too: users who edit a query may run sqlc
// themselves. Every name is quoted, since YAML takes a column called "on" for a boolean.
func config(in Input) []byte {
	var b bytes.Buffer
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p("# %s", gofile.Header)
	p(`version: "2"`)
	p("sql:")
	p("  - engine: %s", engine(in.Dialect))
	p("    schema: schema.sql")
	p("    queries: %s", queryDir)
	p("    gen:")
	p("      go:")
	p("        package: db")
	p("        out: db")
	for _, option := range goOptions(in.Dialect) {
		p("        %s", option)
	}
	p("        rename:")
	names := renames(in.Dialect, in.Schema)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		p("          %q: %s", name, names[name])
	}
	p("        overrides:")
	for _, t := range in.Schema.Tables {
		for _, c := range t.Columns {
			p("          - column: %q", physical(in.Dialect, t.Name)+"."+physical(in.Dialect, c.Name))
			p("            go_type: %s", override(in, gotype.Stored(in.Dialect, c)))
		}
	}
	return b.Bytes()
}

func engine(d schema.Dialect) string {
	if d == schema.Postgres {
		return "postgresql"
	}
	return d.String()
}

// goOptions returns the options of sqlc's Go output. Prepared statements make reads of the SQLite
// driver twice as fast; pgx prepares by itself, and the MySQL driver sends the values along.
func goOptions(d schema.Dialect) []string {
	options := []string{"emit_exact_table_names: true", "omit_sqlc_version: true"}
	switch d {
	case schema.Postgres:
		options = append(options, "sql_package: pgx/v5")
	case schema.SQLite:
		options = append(options, "emit_prepared_queries: true")
	}
	return options
}

func override(in Input, t gotype.Type) string {
	if t.Model {
		return fmt.Sprintf("{import: %q, package: model, type: %s, pointer: %t}", in.ModelImport, t.Name, t.Pointer)
	}
	return fmt.Sprintf("{type: %s, pointer: %t}", t.Name, t.Pointer)
}
