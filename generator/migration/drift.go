package migration

import (
	"fmt"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Difference is something in which a database is not what the log says.
type Difference struct {
	Subject string // in names of the database: "user.email"
	Text    string
}

// Drift is how a database differs from a schema. What the user added to our
// tables is theirs, and only a note.
type Drift struct {
	Differences []Difference
	Notes       []Difference
}

// Compare looks for the tables and columns of a schema among what was found, and
// at nothing else.
func Compare(d schema.Dialect, s schema.Schema, found []FoundTable) Drift {
	c := comparer{printer: printer{d, s}}
	for _, t := range s.Tables {
		if there, ok := tableNamed(found, t.Name); ok {
			c.table(t, there)
		} else {
			c.differ(t.Name, "the table is missing")
		}
	}
	return c.drift
}

type comparer struct {
	printer
	drift Drift
}

func (c *comparer) differ(subject, format string, args ...any) {
	c.drift.Differences = append(c.drift.Differences, Difference{subject, fmt.Sprintf(format, args...)})
}

func (c *comparer) note(subject, format string, args ...any) {
	c.drift.Notes = append(c.drift.Notes, Difference{subject, fmt.Sprintf(format, args...)})
}

func (c *comparer) table(t schema.Table, found FoundTable) {
	for _, column := range t.Columns {
		subject := t.Name + "." + column.Name
		if there, ok := found.column(column.Name); ok {
			c.column(subject, t, column, there)
		} else {
			c.differ(subject, "the column is missing")
		}
	}
	for _, ix := range t.AllIndexes() {
		names := columnNames(t, ix.Columns)
		if !found.serves(names, ix.Unique) {
			c.differ(t.Name, "there is no %sindex on %s (%s)", map[bool]string{true: "unique "}[ix.Unique], strings.Join(names, ", "), ix.Name)
		}
	}
	c.extras(t, found)
}

func (c *comparer) column(subject string, t schema.Table, want schema.Column, found FoundColumn) {
	if wanted := ColumnType(c.dialect, t, want); !holds(c.dialect, wanted, found.Type) {
		c.differ(subject, "the type is %s, not %s", found.Type, wanted)
	}
	switch {
	case want.Required && found.Null:
		c.differ(subject, "the column may be null")
	case !want.Required && !found.Null:
		c.differ(subject, "the column may not be null")
	}
	if wanted := collation(c.dialect, t, want); wanted != "" && found.Collation != "" && found.Collation != wanted {
		c.differ(subject, "the collation is %s, not %s: it takes different texts for one", found.Collation, wanted)
	}
	if want.Default != nil && want.Default.Now && nowDefault(c.dialect) != "" && !found.HasDefault {
		c.note(subject, "the column has no default %s; the code does not need it", nowDefault(c.dialect))
	}
	c.reference(subject, want, found)
}

func (c *comparer) reference(subject string, want schema.Column, found FoundColumn) {
	if want.Ref == nil {
		if found.Ref != nil {
			c.note(subject, "the column refers to %s, which is yours", found.Ref.Table)
		}
		return
	}
	t, _ := c.schema.Table(want.Ref.Table)
	target := t.Name + "." + nameOf(t, want.Ref.Column)
	switch {
	case found.Ref == nil:
		c.differ(subject, "there is no foreign key to %s", target)
	case !strings.EqualFold(found.Ref.Table+"."+found.Ref.Column, target):
		c.differ(subject, "the foreign key is to %s.%s, not %s", found.Ref.Table, found.Ref.Column, target)
	case action(c.dialect, found.Ref.Action()) != action(c.dialect, want.Ref.Action()):
		c.differ(subject, "the foreign key is ON DELETE %s, not %s", strings.ToUpper(found.Ref.Action()), strings.ToUpper(want.Ref.Action()))
	}
}

// action gives equal actions one name: MySQL checks at once, so that RESTRICT is
// NO ACTION.
func action(d schema.Dialect, name string) string {
	if d == schema.MySQL && name == "restrict" {
		return "no action"
	}
	return name
}

// extras notes what the user added.
func (c *comparer) extras(t schema.Table, found FoundTable) {
	for _, there := range found.Columns {
		known := false
		for _, column := range t.Columns {
			known = known || strings.EqualFold(column.Name, there.Name)
		}
		switch {
		case known:
		case !there.Null && !there.HasDefault:
			c.note(found.Name+"."+there.Name, "the column is yours; it may not be null and has no default, so the code cannot insert rows")
		default:
			c.note(found.Name+"."+there.Name, "the column is yours")
		}
	}
}

func columnNames(t schema.Table, keys []string) []string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = nameOf(t, key)
	}
	return names
}
