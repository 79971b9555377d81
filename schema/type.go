package schema

import (
	"fmt"
	"strings"
)

// Type is the kind of value a column holds, as Better Auth's field attributes
// name it. How a database stores it is the migration planner's business.
type Type int

// The field types of Better Auth 1.7.5. A literal list (`["a", "b"]`) is a
// String with [Column.Enum] set.
const (
	String      Type = iota + 1 // text
	Number                      // whole number; 64 bits with Column.BigInt
	Boolean                     // true or false
	Date                        // instant with millisecond precision
	JSON                        // any JSON value
	StringArray                 // JSON array of strings
	NumberArray                 // JSON array of numbers
)

// Types lists every type in declaration order.
func Types() []Type {
	return []Type{String, Number, Boolean, Date, JSON, StringArray, NumberArray}
}

// ParseType reads the spelling used in betterauth.yaml, such as "string[]".
func ParseType(s string) (Type, error) {
	names := make([]string, 0, len(Types()))
	for _, t := range Types() {
		if t.String() == s {
			return t, nil
		}
		names = append(names, t.String())
	}
	return 0, fmt.Errorf("unknown type %q (want one of %s)", s, strings.Join(names, ", "))
}

// String returns the spelling ParseType accepts.
func (t Type) String() string {
	switch t {
	case String:
		return "string"
	case Number:
		return "number"
	case Boolean:
		return "boolean"
	case Date:
		return "date"
	case JSON:
		return "json"
	case StringArray:
		return "string[]"
	case NumberArray:
		return "number[]"
	}
	return fmt.Sprintf("Type(%d)", int(t))
}

// IsDocument reports whether values are stored as JSON text. The three such
// types share one physical type on every database.
func (t Type) IsDocument() bool {
	return t == JSON || t == StringArray || t == NumberArray
}
