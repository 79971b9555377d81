package migration

import (
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// ColumnType returns the type a column has in the database, without
// nullability, collation or default. It depends on the table because MySQL
// cannot index a text column.
func ColumnType(d schema.Dialect, t schema.Table, c schema.Column) string {
	switch {
	case c.Type.IsDocument():
		return pick(d, "text", "jsonb", "json")
	case c.Type == schema.Boolean:
		return pick(d, "integer", "boolean", "boolean")
	case c.Type == schema.Date:
		// SQLite knows no dates: the declared type is a hint to readers, the
		// values are ISO text.
		return pick(d, "date", "timestamptz", "timestamp(3)")
	case c.Type == schema.Number && c.BigInt:
		return "bigint"
	case c.Type == schema.Number:
		return "integer"
	case d == schema.MySQL:
		return mysqlString(t, c)
	}
	return "text"
}

// mysqlString chooses among the string types. The lengths are those of the
// Better Auth 1.7.5 migrator.
func mysqlString(t schema.Table, c schema.Column) string {
	switch {
	case isID(c):
		return "varchar(36)"
	case c.Unique || c.Index || c.Sortable || c.Ref != nil:
		return "varchar(255)"
	case t.IsIndexed(c.Key):
		return "varchar(191)"
	}
	return "text"
}

// isID reports whether the column holds a primary key, its own or another's.
func isID(c schema.Column) bool {
	return c.Key == schema.PrimaryKey || c.Ref != nil && c.Ref.Column == schema.PrimaryKey
}

// collation returns the collation a column must name. Identifiers keep the
// database's own: both ends of a foreign key have to agree, and the other end
// may be in a table we did not create.
func collation(d schema.Dialect, t schema.Table, c schema.Column) string {
	if d == schema.MySQL && c.Type == schema.String && !isID(c) && mysqlString(t, c) != "text" {
		return "utf8mb4_bin"
	}
	return ""
}

// nowDefault returns the SQL default of a date that is set on insertion. SQLite
// has none that prints milliseconds and a Z outside an expression.
func nowDefault(d schema.Dialect) string {
	return pick(d, "", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP(3)")
}

// pick returns the text for a dialect.
func pick(d schema.Dialect, sqlite, postgres, mysql string) string {
	switch d {
	case schema.Postgres:
		return postgres
	case schema.MySQL:
		return mysql
	}
	return sqlite
}
