package schema

import (
	"fmt"
	"slices"
	"strings"
)

// ConflictError reports a change that does not fit the schema it is applied to.
type ConflictError struct {
	Change Change
	Reason string
}

// Error implements error.
func (e *ConflictError) Error() string { return e.Change.String() + ": " + e.Reason }

// Apply returns the schema after the changes, in order. The argument is left as
// it was. The first change that does not fit stops it with a *ConflictError.
func Apply(s Schema, changes []Change) (Schema, error) {
	out := s.Clone()
	for _, c := range changes {
		if reason := out.apply(c); reason != "" {
			return Schema{}, &ConflictError{c, reason}
		}
	}
	return out, nil
}

// apply changes s in place, or says why it cannot.
func (s *Schema) apply(change Change) (reason string) {
	switch c := change.(type) {
	case AddTable:
		return s.addTable(c)
	case DropTable:
		return s.dropTable(c)
	case RenameTable:
		return s.renameTable(c)
	case AddColumn:
		return s.inTable(c.Table, func(t *Table) string { return t.addColumn(c) })
	case DropColumn:
		return s.dropColumn(c)
	case RenameColumn:
		return s.inTable(c.Table, func(t *Table) string { return t.renameColumn(c) })
	case RekeyColumn:
		return s.rekeyColumn(c)
	case AlterColumn:
		return s.inTable(c.Table, func(t *Table) string { return t.alterColumn(c) })
	case AddIndex:
		return s.inTable(c.Table, func(t *Table) string { return t.addIndex(c) })
	case DropIndex:
		return s.inTable(c.Table, func(t *Table) string { return t.dropIndex(c) })
	}
	return fmt.Sprintf("unknown kind of change %T", change)
}

func (s *Schema) inTable(key string, edit func(*Table) string) string {
	for i := range s.Tables {
		if s.Tables[i].Key == key {
			return edit(&s.Tables[i])
		}
	}
	return fmt.Sprintf("there is no table %q", key)
}

func (s *Schema) addTable(c AddTable) string {
	for _, t := range s.Tables {
		if t.Key == c.Table.Key {
			return "the table exists already"
		}
		if strings.EqualFold(t.Name, c.Table.Name) {
			return fmt.Sprintf("the name %q is taken by table %s", c.Table.Name, t.Key)
		}
	}
	s.Tables = append(s.Tables, c.Table.clone())
	return ""
}

func (s *Schema) dropTable(c DropTable) string {
	at := slices.IndexFunc(s.Tables, func(t Table) bool { return t.Key == c.Table.Key })
	if at < 0 {
		return "there is no such table"
	}
	for _, t := range s.Tables {
		if subject, ok := t.refersTo(c.Table.Key, ""); ok && t.Key != c.Table.Key {
			return subject + " refers to it"
		}
	}
	s.Tables = slices.Delete(s.Tables, at, at+1)
	return ""
}

func (s *Schema) renameTable(c RenameTable) string {
	for _, t := range s.Tables {
		if t.Key != c.Table && strings.EqualFold(t.Name, c.To) {
			return fmt.Sprintf("the name %q is taken by table %s", c.To, t.Key)
		}
	}
	return s.inTable(c.Table, func(t *Table) string {
		if t.Name != c.From {
			return fmt.Sprintf("it is named %q", t.Name)
		}
		t.Name = c.To
		return ""
	})
}

func (s *Schema) dropColumn(c DropColumn) string {
	for _, t := range s.Tables {
		if subject, ok := t.refersTo(c.Table, c.Column.Key); ok {
			return subject + " refers to it"
		}
	}
	return s.inTable(c.Table, func(t *Table) string { return t.dropColumn(c.Column.Key) })
}

// refersTo finds a column of t with a reference to the table, or to one column
// of it.
func (t Table) refersTo(table, column string) (subject string, ok bool) {
	for _, c := range t.Columns {
		if c.Ref != nil && c.Ref.Table == table && (column == "" || c.Ref.Column == column) {
			return t.Key + "." + c.Key, true
		}
	}
	return "", false
}

func (t *Table) addColumn(c AddColumn) string {
	for _, other := range t.Columns {
		if other.Key == c.Column.Key {
			return "the column exists already"
		}
		if strings.EqualFold(other.Name, c.Column.Name) {
			return fmt.Sprintf("the name %q is taken by %s.%s", c.Column.Name, t.Key, other.Key)
		}
	}
	t.Columns = append(t.Columns, c.Column)
	return ""
}

func (t *Table) dropColumn(key string) string {
	at := t.columnAt(key)
	switch {
	case at < 0:
		return "there is no such column"
	case key == PrimaryKey:
		return "it is the primary key"
	case t.inDeclaredIndex(key):
		return "an index covers it"
	}
	t.Columns = slices.Delete(t.Columns, at, at+1)
	return ""
}

func (t *Table) renameColumn(c RenameColumn) string {
	for _, other := range t.Columns {
		if other.Key != c.Column && strings.EqualFold(other.Name, c.To) {
			return fmt.Sprintf("the name %q is taken by %s.%s", c.To, t.Key, other.Key)
		}
	}
	at := t.columnAt(c.Column)
	if at < 0 {
		return "there is no such column"
	}
	if t.Columns[at].Name != c.From {
		return fmt.Sprintf("it is named %q", t.Columns[at].Name)
	}
	t.Columns[at].Name = c.To
	return ""
}

func (s *Schema) rekeyColumn(c RekeyColumn) string {
	if reason := s.inTable(c.Table, func(t *Table) string { return t.rekeyColumn(c) }); reason != "" {
		return reason
	}
	for i := range s.Tables {
		for j, column := range s.Tables[i].Columns {
			if r := column.Ref; r != nil && r.Table == c.Table && r.Column == c.From {
				s.Tables[i].Columns[j].Ref = &Ref{Table: r.Table, Column: c.To, OnDelete: r.OnDelete}
			}
		}
	}
	return ""
}

func (t *Table) rekeyColumn(c RekeyColumn) string {
	at := t.columnAt(c.From)
	switch {
	case at < 0:
		return "there is no such column"
	case c.From == PrimaryKey:
		return "it is the primary key"
	case t.columnAt(c.To) >= 0:
		return fmt.Sprintf("there is a column %s.%s already", t.Key, c.To)
	}
	t.Columns[at].Key = c.To
	for i, ix := range t.Indexes {
		ix = t.named(ix) // a declared index keeps its name
		ix.Columns = slices.Clone(ix.Columns)
		for j, key := range ix.Columns {
			if key == c.From {
				ix.Columns[j] = c.To
			}
		}
		t.Indexes[i] = ix
	}
	return ""
}

func (t *Table) alterColumn(c AlterColumn) string {
	at := t.columnAt(c.To.Key)
	if at < 0 {
		return "there is no such column"
	}
	if !sameStored(t.Columns[at], c.From) {
		return "the column is not what the change starts from"
	}
	t.Columns[at] = c.To
	return ""
}

func (t *Table) addIndex(c AddIndex) string {
	ix := t.named(c.Index)
	for _, other := range t.AllIndexes() {
		if other.Name == ix.Name {
			return "the index exists already"
		}
	}
	for _, key := range ix.Columns {
		if t.columnAt(key) < 0 {
			return fmt.Sprintf("there is no column %s.%s", t.Key, key)
		}
	}
	t.Indexes = append(t.Indexes, ix)
	return ""
}

func (t *Table) dropIndex(c DropIndex) string {
	name := t.named(c.Index).Name
	at := slices.IndexFunc(t.Indexes, func(ix Index) bool { return t.named(ix).Name == name })
	if at < 0 {
		return "there is no such index"
	}
	t.Indexes = slices.Delete(t.Indexes, at, at+1)
	return ""
}

func (t Table) columnAt(key string) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == key })
}
