package schema

import "fmt"

// Change is one step from a schema to another. The set of implementations is
// closed: planners switch over it exhaustively.
type Change interface {
	// Subject is what changes: "user", "user.email" or "account(index_name)".
	Subject() string
	// String describes the change in a few words.
	String() string

	sealed()
}

// AddTable creates a table with its columns and indexes.
type AddTable struct{ Table Table }

// AddColumn adds a column, and the index it implies, to an existing table.
type AddColumn struct {
	Table  string
	Column Column
}

// AddIndex adds an entry of [Table.Indexes].
type AddIndex struct {
	Table string
	Index Index
}

// DropIndex removes an entry of [Table.Indexes]. It holds the whole index so
// that it can be undone.
type DropIndex struct {
	Table string
	Index Index
}

// RenameTable changes a table's name in the database.
type RenameTable struct{ Table, From, To string }

// RenameColumn changes a column's name in the database.
type RenameColumn struct{ Table, Column, From, To string }

// RekeyColumn gives a column another key, which is what a rename of a field is:
// its name in the database may stay. What is named after keys follows.
type RekeyColumn struct{ Table, From, To string }

// AlterColumn changes a column's type, nullability, default, reference or
// implied index. From and To have the same key and name.
type AlterColumn struct {
	Table    string
	From, To Column
}

// DropTable removes a table and what it holds.
type DropTable struct{ Table Table }

// DropColumn removes a column and what it holds.
type DropColumn struct {
	Table  string
	Column Column
}

var (
	_ Change = AddTable{}
	_ Change = AddColumn{}
	_ Change = AddIndex{}
	_ Change = DropIndex{}
	_ Change = RenameTable{}
	_ Change = RenameColumn{}
	_ Change = RekeyColumn{}
	_ Change = AlterColumn{}
	_ Change = DropTable{}
	_ Change = DropColumn{}
)

// Subject implements Change.
func (c AddTable) Subject() string { return c.Table.Key }

// Subject implements Change.
func (c AddColumn) Subject() string { return c.Table + "." + c.Column.Key }

// Subject implements Change.
func (c AddIndex) Subject() string { return indexSubject(c.Table, c.Index) }

// Subject implements Change.
func (c DropIndex) Subject() string { return indexSubject(c.Table, c.Index) }

// Subject implements Change.
func (c RenameTable) Subject() string { return c.Table }

// Subject implements Change.
func (c RenameColumn) Subject() string { return c.Table + "." + c.Column }

// Subject implements Change.
func (c RekeyColumn) Subject() string { return c.Table + "." + c.From }

// Subject implements Change.
func (c AlterColumn) Subject() string { return c.Table + "." + c.To.Key }

// Subject implements Change.
func (c DropTable) Subject() string { return c.Table.Key }

// Subject implements Change.
func (c DropColumn) Subject() string { return c.Table + "." + c.Column.Key }

func indexSubject(table string, ix Index) string {
	return table + "(" + Table{Key: table}.named(ix).Name + ")"
}

func (c AddTable) String() string   { return "add table " + c.Subject() }
func (c AddColumn) String() string  { return "add column " + c.Subject() }
func (c AddIndex) String() string   { return "add index " + c.Subject() }
func (c DropIndex) String() string  { return "drop index " + c.Subject() }
func (c DropTable) String() string  { return "drop table " + c.Subject() }
func (c DropColumn) String() string { return "drop column " + c.Subject() }

func (c AlterColumn) String() string { return "alter column " + c.Subject() }

func (c RenameTable) String() string {
	return fmt.Sprintf("rename table %s from %q to %q", c.Subject(), c.From, c.To)
}

func (c RenameColumn) String() string {
	return fmt.Sprintf("rename column %s from %q to %q", c.Subject(), c.From, c.To)
}

func (c RekeyColumn) String() string {
	return fmt.Sprintf("rename field %s to %s", c.Subject(), c.To)
}

func (AddTable) sealed()     {}
func (AddColumn) sealed()    {}
func (AddIndex) sealed()     {}
func (DropIndex) sealed()    {}
func (RenameTable) sealed()  {}
func (RenameColumn) sealed() {}
func (RekeyColumn) sealed()  {}
func (AlterColumn) sealed()  {}
func (DropTable) sealed()    {}
func (DropColumn) sealed()   {}
