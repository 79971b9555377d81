package migration

import (
	"fmt"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// rebuild replaces a table by a copy with another definition, which is how
// SQLite changes what ALTER TABLE cannot ("Making Other Kinds Of Table Schema
// Changes" in its documentation).
func (p planner) rebuild(before, after schema.Table) (Step, error) {
	up, err := p.to.copyTable(before, after, p.target)
	if err != nil {
		return Step{}, err
	}
	down, err := p.from.copyTable(after, before, p.target)
	if err != nil {
		return Step{}, err
	}
	return Step{
		Up:      up,
		Down:    down,
		Rebuild: true,
		Comment: "SQLite cannot alter this in place: the table is replaced by a copy. What you added to it has to be written into the copy, in place of the guard.",
	}, nil
}

// copyTable prints a rebuild. The target is what the migration as a whole makes.
func (p printer) copyTable(before, after schema.Table, target schema.Schema) ([]string, error) {
	var columns, values []string
	for _, c := range after.Columns {
		value, err := p.carry(before, c)
		if err != nil {
			return nil, err
		}
		if value != "" {
			columns = append(columns, p.quote(c.Name))
			values = append(values, value)
		}
	}
	temporary := "betterauth_new_" + after.Name
	statements := append(p.guard(before, target),
		p.createTable(after, temporary),
		fmt.Sprintf("INSERT INTO %s (%s)\nSELECT %s\nFROM %s", p.quote(temporary),
			strings.Join(columns, ", "), strings.Join(values, ", "), p.quote(before.Name)),
		"DROP TABLE "+p.quote(before.Name),
		// Otherwise a view of the user's, or a trigger of another table, that names
		// the table stops the rename: just now it is not there.
		"PRAGMA legacy_alter_table = ON",
		fmt.Sprintf("ALTER TABLE %s RENAME TO %s", p.quote(temporary), p.quote(after.Name)),
		"PRAGMA legacy_alter_table = OFF",
	)
	for _, ix := range after.AllIndexes() {
		statements = append(statements, p.createIndex(after, ix))
	}
	return statements, nil
}

// carry returns the expression for a column's value in the copy, empty to leave
// it null.
func (p printer) carry(before schema.Table, c schema.Column) (string, error) {
	old, existed := before.Column(c.Key)
	fills := c.Required && c.Default != nil && (!existed || !old.Required)
	if !fills {
		if existed {
			return p.quote(old.Name), nil
		}
		return "", nil
	}
	value, err := fill(p.dialect, c)
	if err == nil && existed {
		value = fmt.Sprintf("COALESCE(%s, %s)", p.quote(old.Name), value)
	}
	return value, err
}
