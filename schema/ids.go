package schema

import "fmt"

// IDs says what primary keys, and the columns that refer to one, are made of: Better Auth 1.7.5's
// advanced.database.generateId. The zero value is its default.
type IDs int

// The ways to make a primary key.
const (
	TextIDs     IDs = iota // text that the application makes up
	UUIDs                  // UUIDs of the application's; PostgreSQL has a type for them
	SerialIDs              // whole numbers that the database counts up
	DatabaseIDs            // text that a default of the database's makes up
)

// ParseIDs reads the spelling used in betterauth.yaml; an empty one is the default.
func ParseIDs(s string) (IDs, error) {
	for _, ids := range []IDs{TextIDs, UUIDs, SerialIDs, DatabaseIDs} {
		if ids.String() == s {
			return ids, nil
		}
	}
	return 0, fmt.Errorf("unknown kind of id %q (want uuid, serial or false)", s)
}

// String returns the spelling ParseIDs accepts.
func (i IDs) String() string {
	switch i {
	case UUIDs:
		return "uuid"
	case SerialIDs:
		return "serial"
	case DatabaseIDs:
		return "false"
	}
	return ""
}

// ByDatabase reports that a row has no id before it is inserted.
func (i IDs) ByDatabase() bool { return i == SerialIDs || i == DatabaseIDs }

// WithIDs returns s with primary keys, and the references to them, of the given kind. Those of request
// counters stay text: nothing refers to them.
func (s Schema) WithIDs(ids IDs) Schema {
	out := s.Clone()
	for i := range out.Tables {
		if out.Tables[i].Key == rateLimitTable {
			continue
		}
		for j := range out.Tables[i].Columns {
			if c := &out.Tables[i].Columns[j]; c.IsID() {
				c.IDs = ids
			}
		}
	}
	return out
}

// IsID reports whether the column holds a primary key, its own table's or another's.
func (c Column) IsID() bool {
	return c.Key == PrimaryKey || c.Ref != nil && c.Ref.Column == PrimaryKey
}
