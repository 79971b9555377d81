package live

import (
	"context"
	"fmt"
	"strings"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/mysql"
	"ariga.io/atlas/sql/postgres"
	found "ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Inspect reads the tables of the current schema, all or those named.
func (m *Migrator) Inspect(ctx context.Context, tables ...string) ([]migration.FoundTable, error) {
	var driver migrate.Driver
	var err error
	switch m.dialect {
	case schema.Postgres:
		driver, err = postgres.Open(m.db)
	case schema.MySQL:
		driver, err = mysql.Open(m.db)
	default:
		driver, err = sqlite.Open(m.db)
	}
	if err != nil {
		return nil, fmt.Errorf("inspect the database: %w", err)
	}
	s, err := driver.InspectSchema(ctx, "", &found.InspectOptions{Mode: found.InspectTables, Tables: tables})
	if err != nil {
		return nil, fmt.Errorf("inspect the database: %w", err)
	}
	out := make([]migration.FoundTable, len(s.Tables))
	for i, t := range s.Tables {
		out[i] = foundTable(t)
	}
	return out, nil
}

func foundTable(t *found.Table) migration.FoundTable {
	out := migration.FoundTable{Name: t.Name}
	for _, c := range t.Columns {
		column := migration.FoundColumn{
			Name: c.Name, Type: c.Type.Raw, Null: c.Type.Null, HasDefault: c.Default != nil,
		}
		column.Ref, column.RefName = reference(t, c.Name)
		for _, attr := range c.Attrs {
			if collate, ok := attr.(*found.Collation); ok {
				column.Collation = collate.V
			}
		}
		out.Columns = append(out.Columns, column)
	}
	indexes := t.Indexes
	if t.PrimaryKey != nil {
		indexes = append(indexes, t.PrimaryKey)
	}
	for _, ix := range indexes {
		out.Indexes = append(out.Indexes, migration.FoundIndex{
			Name: ix.Name, Columns: parts(ix), Unique: ix.Unique || ix == t.PrimaryKey,
		})
	}
	return out
}

// parts returns the columns of an index, none if there is an expression or a
// condition in it.
func parts(ix *found.Index) []string {
	var names []string
	for _, part := range ix.Parts {
		if part.C == nil {
			return nil
		}
		names = append(names, part.C.Name)
	}
	for _, attr := range ix.Attrs {
		switch attr.(type) {
		case *postgres.IndexPredicate, *sqlite.IndexPredicate:
			return nil
		}
	}
	return names
}

// reference returns the foreign key that a column is by itself.
func reference(t *found.Table, column string) (ref *schema.Ref, name string) {
	for _, key := range t.ForeignKeys {
		if len(key.Columns) == 1 && len(key.RefColumns) == 1 && key.Columns[0].Name == column {
			action := strings.ToLower(string(key.OnDelete))
			if action == "" {
				action = "no action"
			}
			return &schema.Ref{Table: key.RefTable.Name, Column: key.RefColumns[0].Name, OnDelete: action}, key.Symbol
		}
	}
	return nil, ""
}
