package migration

import (
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// RenameError reports a field that is renamed from one there is not. It would be
// added anew, and the values stay in the column that was meant.
type RenameError struct {
	Table  string
	Column schema.Column
	Unused []string // keys of columns that may be the one that was meant
}

// Error implements error.
func (e *RenameError) Error() string {
	return fmt.Sprintf("%s.%s is renamed from %q, but %s has no such field to rename", e.Table, e.Column.Key, e.Column.RenamedFrom, e.Table)
}

// Choices says what can be done about it, one way a line.
func (e *RenameError) Choices() []string {
	var ways []string
	for _, key := range e.Unused {
		ways = append(ways, "write renamedFrom: "+key)
	}
	return append(ways, "take renamedFrom out, if the field is new")
}

// checkRenames looks for the columns that new ones are renamed from. In a table
// that is new, and for a column that is there, renamedFrom means nothing (any
// more).
func checkRenames(before, target schema.Schema) error {
	for _, after := range target.Tables {
		table, exists := before.Table(after.Key)
		for _, c := range after.Columns {
			_, there := table.Column(c.Key)
			_, renamed := table.Column(c.RenamedFrom)
			if exists && !there && !renamed && c.RenamedFrom != "" {
				return &RenameError{after.Key, c, unusedColumns(table, after)}
			}
		}
	}
	return nil
}

// unusedColumns lists the keys that a table no longer has.
func unusedColumns(before, after schema.Table) []string {
	var keys []string
	for _, c := range before.Columns {
		if _, stays := after.Column(c.Key); !stays {
			keys = append(keys, c.Key)
		}
	}
	return keys
}
