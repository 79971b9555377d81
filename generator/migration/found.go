package migration

import (
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// FoundTable is a table as a database describes it.
type FoundTable struct {
	Name    string
	Columns []FoundColumn
	Indexes []FoundIndex // the primary key included
}

// FoundColumn is a column as a database describes it.
type FoundColumn struct {
	Name       string
	Type       string // as the database writes it
	Null       bool
	HasDefault bool
	Collation  string      // MySQL only
	Ref        *schema.Ref // in names of the database
	RefName    string      // of the foreign key
}

// FoundIndex is an index as a database describes it. One over an expression has
// no columns.
type FoundIndex struct {
	Name    string
	Columns []string
	Unique  bool
}

// tableNamed finds a table by its name. Case does not count: on some systems MySQL
// does not keep it.
func tableNamed(found []FoundTable, name string) (FoundTable, bool) {
	for _, t := range found {
		if strings.EqualFold(t.Name, name) {
			return t, true
		}
	}
	return FoundTable{}, false
}

func (t FoundTable) column(name string) (FoundColumn, bool) {
	for _, c := range t.Columns {
		if strings.EqualFold(c.Name, name) {
			return c, true
		}
	}
	return FoundColumn{}, false
}

// serves reports whether an index does what is asked of one over the columns.
func (t FoundTable) serves(columns []string, unique bool) bool {
	return slices.ContainsFunc(t.Indexes, func(ix FoundIndex) bool {
		if unique {
			return ix.Unique && slices.EqualFunc(ix.Columns, columns, strings.EqualFold)
		}
		return len(ix.Columns) >= len(columns) && slices.EqualFunc(ix.Columns[:len(columns)], columns, strings.EqualFold)
	})
}

// holds reports whether a column of the type found holds every value of the type
// wanted, in the form in which the code writes it.
func holds(d schema.Dialect, wanted, found string) bool {
	wanted, found = plainType(d, wanted), plainType(d, found)
	switch {
	case wanted == found,
		wanted == "integer" && found == "bigint":
		return true
	case d == schema.SQLite: // which checks neither the size of numbers nor the length of texts
		return wanted == "bigint" && found == "integer" ||
			wanted == "text" && strings.HasPrefix(found, "varchar")
	case strings.HasPrefix(wanted, "varchar(") && strings.HasPrefix(found, "varchar("):
		return len(found) > len(wanted) || len(found) == len(wanted) && found >= wanted
	}
	texts := []string{"text", "varchar", "mediumtext", "longtext"}
	return (wanted == "text" || strings.HasPrefix(wanted, "varchar(")) && slices.Contains(texts, found)
}

// plainType gives the spellings of a type one form.
func plainType(d schema.Dialect, name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	base, size, _ := strings.Cut(name, "(")
	switch strings.TrimSpace(base) {
	case "int", "integer", "int4", "mediumint":
		return "integer"
	case "bigint", "int8":
		return "bigint"
	case "bool", "boolean":
		return "boolean"
	case "character varying", "varchar":
		if size == "" {
			return "varchar"
		}
		return "varchar(" + size
	case "timestamp with time zone", "timestamptz":
		return "timestamptz"
	}
	switch {
	case d == schema.MySQL && name == "tinyint(1)":
		return "boolean"
	case d == schema.MySQL && name == "longtext":
		return "json" // MariaDB's json is a longtext with a check; see holds for texts
	case d == schema.SQLite && name == "datetime", d == schema.SQLite && base == "timestamp":
		return "date"
	}
	return name
}
