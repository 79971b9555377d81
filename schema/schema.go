package schema

import "cmp"

// Schema is a set of tables. The order of tables and columns is the order in
// which they were declared; it decides the order of emitted fields, and nothing
// else depends on it.
type Schema struct {
	Tables []Table
}

// Table is one table.
type Table struct {
	Key     string // canonical name: "user"
	Name    string // name in the database
	Columns []Column
	Indexes []Index // on top of those Column.Unique and Column.Index imply
	Origin  Origin
}

// Column is one column. The primary key is the column with the key "id", which
// every table has first.
type Column struct {
	Key  string // canonical name: "emailVerified"
	Name string // name in the database
	Type Type
	Enum []string // allowed values of a String; checked by the application

	BigInt   bool // 64-bit Number
	Required bool // NOT NULL
	Unique   bool // has its own unique index
	Index    bool // has its own index; pointless with Unique
	Sortable bool // compared or sorted by value: varchar rather than text on MySQL

	// IndexName is the name of the index that Unique or Index implies, where it was there before the change log.
	// Empty: that of func IndexName.
	IndexName string

	Input    bool // clients may set it
	Returned bool // responses may show it

	RenamedFrom string // key it had before, if the user renamed it

	Default *Default // value of an absent field
	Ref     *Ref     // foreign key
	IDs     IDs      // of a primary key, or a reference to one
	Origin  Origin
}

// PrimaryKey is the key of every table's primary key column.
const PrimaryKey = "id"

// Default is the value a new row gets when none is given. Only Now reaches the
// database; Better Auth applies literals in the application, so in SQL they
// serve to fill the rows that exist before a required column does.
type Default struct {
	Value any  // string, bool, number, or list of them
	Now   bool // time of insertion; for dates
}

// Ref is a foreign key to another column, both given by key.
type Ref struct {
	Table, Column string
	OnDelete      string // see OnDeleteActions; empty means cascade
}

// Action returns OnDelete with its default filled in: the Better Auth 1.7.5
// migrator cascades unless told otherwise.
func (r Ref) Action() string { return cmp.Or(r.OnDelete, "cascade") }

// OnDeleteActions lists the accepted values of [Ref.OnDelete].
func OnDeleteActions() []string {
	return []string{"no action", "restrict", "cascade", "set null", "set default"}
}

// Index is an index over one or more columns, given by key.
type Index struct {
	Name    string // empty: see IndexName
	Columns []string
	Unique  bool
}

// Origin says who asked for a table or column, for error messages.
type Origin struct {
	Plugin string // "core", "two-factor"; empty for the user's own configuration
	Pos    string // "betterauth.yaml:14:7"
}

// String describes the origin in a few words, empty if it is unknown.
func (o Origin) String() string {
	switch {
	case o.Plugin != "" && o.Pos != "":
		return o.Plugin + " (" + o.Pos + ")"
	case o.Plugin != "":
		return o.Plugin
	}
	return o.Pos
}

// Table returns the table with the given key.
func (s Schema) Table(key string) (Table, bool) {
	for _, t := range s.Tables {
		if t.Key == key {
			return t, true
		}
	}
	return Table{}, false
}

// Column returns a column by the keys of its table and itself.
func (s Schema) Column(table, column string) (Column, bool) {
	t, ok := s.Table(table)
	if !ok {
		return Column{}, false
	}
	return t.Column(column)
}

// Column returns the column with the given key.
func (t Table) Column(key string) (Column, bool) {
	for _, c := range t.Columns {
		if c.Key == key {
			return c, true
		}
	}
	return Column{}, false
}

// OwnFields returns the columns that the user's configuration adds to a table with fields, references to rows
// aside: those whose values may have functions of the user's.
func (t Table) OwnFields() []Column {
	if t.Key != "user" && t.Key != "session" && t.Key != "account" {
		return nil
	}
	var own []Column
	for _, c := range t.Columns {
		if c.Origin.Plugin == "" && !c.IsID() {
			own = append(own, c)
		}
	}
	return own
}

// Clone returns a copy whose tables, columns and indexes can be replaced without
// changing s.
func (s Schema) Clone() Schema {
	out := Schema{Tables: make([]Table, len(s.Tables))}
	for i, t := range s.Tables {
		out.Tables[i] = t.clone()
	}
	return out
}

func (t Table) clone() Table {
	t.Columns = append([]Column(nil), t.Columns...)
	t.Indexes = append([]Index(nil), t.Indexes...)
	return t
}
