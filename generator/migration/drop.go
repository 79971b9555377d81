package migration

import (
	"fmt"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Unused returns what the database has and the target does not: the drops that
// [Pending] does not make, in an order in which they can be made.
func Unused(log *Log, target schema.Schema) []schema.Change {
	return schema.Diff(log.schema, target, schema.DiffOptions{}).Leftovers
}

// Drop returns the migration that drops what is named: a plugin, a table, or a
// column as table.column. Only what nobody asks for any more can be dropped.
func Drop(log *Log, target schema.Schema, name string, opts Options) ([]*File, error) {
	unused := Unused(log, target)
	var chosen []schema.Change
	for _, c := range unused {
		if names(c, name) {
			chosen = append(chosen, c)
		}
	}
	if len(chosen) == 0 {
		return nil, nothingToDrop(log, target, name, unused)
	}
	return New(log, chosen, opts)
}

// names reports whether a drop is of what is named.
func names(change schema.Change, name string) bool {
	switch c := change.(type) {
	case schema.DropTable:
		return name == c.Table.Origin.Plugin || name == c.Table.Key || name == c.Table.Name
	case schema.DropColumn:
		return name == c.Column.Origin.Plugin || name == c.Subject() || name == c.Table+"."+c.Column.Name
	}
	return false
}

func nothingToDrop(log *Log, target schema.Schema, name string, unused []schema.Change) error {
	subjects := make([]string, len(unused))
	for i, c := range unused {
		subjects[i] = c.Subject()
	}
	if inUse(target, name) {
		return fmt.Errorf("%s is in use: take it out of betterauth.yaml and run betterauth-gen generate first", name)
	}
	if len(subjects) == 0 {
		return fmt.Errorf("there is nothing to drop: every table and column is in use")
	}
	return fmt.Errorf("there is no unused plugin, table or column %q; unused are: %s", name, strings.Join(subjects, ", "))
}

func inUse(s schema.Schema, name string) bool {
	return slices.ContainsFunc(s.Tables, func(t schema.Table) bool {
		return name == t.Key || name == t.Name || name == t.Origin.Plugin ||
			slices.ContainsFunc(t.Columns, func(c schema.Column) bool {
				return name == c.Origin.Plugin || name == t.Key+"."+c.Key || name == t.Key+"."+c.Name
			})
	})
}
