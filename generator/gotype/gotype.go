// Package gotype knows the Go types of columns.
package gotype

import "github.com/betterauth-gen/betterauth-gen/schema"

// A Type is the Go type of a column, the same on every database.
type Type struct {
	Name    string // "string", "Time"
	Model   bool   // it is declared in package model
	Pointer bool   // nil stands for NULL
}

// Of returns the type of a column in package model. Lists and JSON need no pointer: their nil is NULL.
func Of(c schema.Column) Type {
	nullable := !c.Required
	switch c.Type {
	case schema.Number:
		return Type{Name: "int64", Pointer: nullable}
	case schema.Boolean:
		return Type{Name: "bool", Pointer: nullable}
	case schema.Date:
		return Type{Name: "Time", Model: true, Pointer: nullable}
	case schema.JSON:
		return Type{Name: "JSON", Model: true}
	case schema.StringArray:
		return Type{Name: "Strings", Model: true}
	case schema.NumberArray:
		return Type{Name: "Numbers", Model: true}
	}
	return Type{Name: "string", Pointer: nullable}
}

// Stored returns the type of a column in the rows of sqlc: the same but for ids that are no text in the
// database. They convert to and from that of the model.
func Stored(d schema.Dialect, c schema.Column) Type {
	t := Of(c)
	switch {
	case !c.IsID():
	case c.IDs == schema.SerialIDs:
		t.Name, t.Model = "SerialID", true
	case c.IDs == schema.UUIDs && d == schema.Postgres:
		t.Name, t.Model = "UUID", true
	}
	return t
}

// String returns the type as Go source outside package model.
func (t Type) String() string {
	text := t.Name
	if t.Model {
		text = "model." + text
	}
	if t.Pointer {
		text = "*" + text
	}
	return text
}
