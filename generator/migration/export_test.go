package migration

import "github.com/betterauth-gen/betterauth-gen/schema"

// ColumnSQL prints what follows a column's name in CREATE TABLE.
func ColumnSQL(d schema.Dialect, s schema.Schema, t schema.Table, c schema.Column) string {
	return printer{d, s}.columnType(t, c)
}
