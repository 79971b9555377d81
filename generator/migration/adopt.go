package migration

import (
	"fmt"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Adoption is what becomes of tables that were there before the change log.
type Adoption struct {
	File  *File // the baseline: the tables as they are, recorded and not run
	Extra Steps // what the changes of schema cannot say; see [Options.Extra]
}

// Adopt describes the tables of a target that a database has already, as they
// are. [Pending] then sees what they lack. Nil means that there are none.
//
// An index counts if it is over the same columns and as unique as ours would be;
// under another name it is recorded with that, so that later migrations find it.
// A foreign key counts if it has the name we would give it. What SQLite made for
// a constraint stays beside ours: it cannot be dropped, nor made by that name.
func Adopt(target schema.Schema, found []FoundTable, opts Options) (*Adoption, error) {
	a := adopter{printer: printer{opts.Dialect, target}}
	for _, t := range target.Tables {
		if there, ok := tableNamed(found, t.Name); ok {
			a.table(t, there)
		}
	}
	if len(a.problems) > 0 {
		return nil, fmt.Errorf("the tables cannot be taken over: %s", joined(a.problems))
	}
	if len(a.recorded.Tables) == 0 {
		return nil, nil
	}
	format, err := FormatNamed(opts.Format)
	if err != nil {
		return nil, err
	}
	var changes []schema.Change
	ordered, err := a.recorded.CreationOrder()
	if err != nil {
		return nil, err
	}
	for _, t := range ordered {
		changes = append(changes, schema.AddTable{Table: t})
	}
	file, err := newBaseline(format, opts, a.recorded, changes)
	return &Adoption{file, a.extra}, err
}

func joined(problems []string) string {
	text := ""
	for _, p := range problems {
		text += "\n- " + p
	}
	return text
}

type adopter struct {
	printer
	recorded schema.Schema
	extra    Steps
	problems []string
}

func (a *adopter) table(t schema.Table, found FoundTable) {
	recorded := schema.Table{Key: t.Key, Name: found.Name, Origin: t.Origin}
	for _, c := range t.Columns {
		there, ok := found.column(c.Name)
		switch wanted := ColumnType(a.dialect, t, c); {
		case !ok && c.Key == schema.PrimaryKey:
			a.problems = append(a.problems, fmt.Sprintf("%s has no column %q", found.Name, c.Name))
		case ok && !holds(a.dialect, wanted, there.Type) && !a.stretches(c, there):
			a.problems = append(a.problems, fmt.Sprintf("%s.%s is of the type %s, not %s", found.Name, there.Name, there.Type, wanted))
		case ok:
			recorded.Columns = append(recorded.Columns, a.column(t, c, found, there))
		}
	}
	for _, ix := range t.Indexes {
		if name, ok := found.index(nameOfIndex(t, ix), columnNames(t, ix.Columns), ix.Unique); ok {
			ix.Name = name
			recorded.Indexes = append(recorded.Indexes, ix)
		}
	}
	a.recorded.Tables = append(a.recorded.Tables, recorded)
}

// nameOfIndex returns the name of a declared index.
func nameOfIndex(t schema.Table, ix schema.Index) string {
	if ix.Name != "" {
		return ix.Name
	}
	return schema.IndexName(t.Key, ix.Unique, ix.Columns...)
}

// index finds the index of a name, or else one that does the same, and returns its name.
func (t FoundTable) index(name string, columns []string, unique bool) (string, bool) {
	if slices.ContainsFunc(t.Indexes, func(ix FoundIndex) bool { return ix.Name == name }) {
		return name, true
	}
	for _, ix := range t.Indexes {
		if ix.Unique == unique && slices.EqualFunc(ix.Columns, columns, strings.EqualFold) && !strings.HasPrefix(ix.Name, "sqlite_autoindex_") {
			return ix.Name, true
		}
	}
	return "", false
}

// stretches reports a text that only has to get the length MySQL needs for an
// index.
func (a *adopter) stretches(c schema.Column, found FoundColumn) bool {
	return a.dialect == schema.MySQL && c.Type == schema.String && plainType(a.dialect, found.Type) == "text"
}

// column records a column as it is.
func (a *adopter) column(t schema.Table, c schema.Column, table FoundTable, found FoundColumn) schema.Column {
	wanted := c
	c.Name, c.RenamedFrom = found.Name, ""
	c.Required = !found.Null || c.Key == schema.PrimaryKey
	if ix, ok := t.ColumnIndex(wanted); ok {
		switch name, there := table.index(ix.Name, []string{c.Name}, ix.Unique); {
		case !there:
			c.Unique, c.Index = false, false
		case name != ix.Name:
			c.IndexName = name
		}
	}
	if c.Ref != nil && (found.Ref == nil || a.dialect != schema.SQLite && found.RefName != schema.ForeignKeyName(t.Key, c.Key)) {
		c.Ref = nil
	}
	if c.Default != nil && c.Default.Now && nowDefault(a.dialect) != "" && !found.HasDefault {
		c.Default = nil
	}
	if a.dialect == schema.MySQL && c.Type == schema.String && c.Key != schema.PrimaryKey {
		a.mysqlString(t, wanted, &c, found)
	}
	return c
}

// mysqlString records the length of a text, and sees to its collation: where no
// change of the column is due, it is a step of its own.
func (a *adopter) mysqlString(t schema.Table, wanted schema.Column, c *schema.Column, found FoundColumn) {
	short := plainType(a.dialect, found.Type) != "text"
	collate := collation(a.dialect, t, wanted)
	differs := collate != "" && found.Collation != collate
	if !short || differs && !indexed(*c) {
		c.Sortable = false // the column is to be defined anew
	} else if short && c.Ref == nil && wanted.Ref != nil {
		c.Sortable = true // a varchar that is to become a foreign key
	}
	if differs && (indexed(*c) || !indexed(wanted) && !wanted.Sortable) {
		a.extra = append(a.extra, Step{
			Up:      []string{a.alter(t) + "MODIFY COLUMN " + a.printer.column(t, wanted)},
			Comment: "Texts are compared byte by byte, as on other databases.",
		})
	}
}

// newBaseline prints the recorded tables so that the file makes them in a new
// database and does nothing where they are.
func newBaseline(format Formatter, opts Options, recorded schema.Schema, changes []schema.Change) (*File, error) {
	p := printer{opts.Dialect, recorded}
	steps := Steps{{Comment: "The tables that were there before. Where they are, betterauth-gen migrate up records this and runs nothing."}}
	for _, c := range changes {
		t := c.(schema.AddTable).Table
		steps = append(steps, Step{Up: []string{p.createTableIf(t)}})
		for _, ix := range t.AllIndexes() {
			word := ""
			if opts.Dialect != schema.MySQL {
				word = "IF NOT EXISTS "
			}
			steps = append(steps, Step{Up: []string{p.createIndexWith(t, ix, word)}})
		}
	}
	steps[0].Down = []string{failing(opts.Dialect, "cannot undo: the tables were there before the migrations")}
	return newFile(format, Version(opts.Now, opts.Existing)+"_"+baselineName, opts, steps, changes, true)
}
