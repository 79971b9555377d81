package config

import (
	"reflect"
	"strconv"
	"strings"
)

// Kind says which member of a Value holds it.
type Kind int

// The kinds of values.
const (
	Bool Kind = iota + 1
	Int
	Float
	String // Text
	List   // Items
	Object // Members: a Go map, or a Map
	Struct // Members; Name is the Go field
)

// Value is the value of an option as it will be written in Go.
type Value struct {
	Kind Kind
	// Type is the Go type of the place the value is for. It may be a pointer to what Kind says.
	Type    reflect.Type
	Bool    bool
	Int     int64
	Float   float64
	Text    Text
	Items   []Value
	Members []Member // in file order
}

// Member is one element of a map or a struct. Struct members that are not set are left out.
type Member struct {
	Name  string // key of the map, name of the Go field
	Value Value
}

// Variables returns the names of the variables that are read for v.
func (v Value) Variables() []string {
	names := v.Text.Variables()
	for _, item := range v.Items {
		names = append(names, item.Variables()...)
	}
	for _, m := range v.Members {
		names = append(names, m.Value.Variables()...)
	}
	return names
}

// Show returns a value for people. What comes from the environment is named, not read.
func Show(v Value) string {
	switch v.Kind {
	case Bool:
		return strconv.FormatBool(v.Bool)
	case Int:
		return strconv.FormatInt(v.Int, 10)
	case Float:
		return strconv.FormatFloat(v.Float, 'g', -1, 64)
	case String:
		var b strings.Builder
		for _, p := range v.Text {
			b.WriteString(p.Literal)
			if p.Env != "" {
				b.WriteString("${" + p.Env + "}")
			}
		}
		return b.String()
	case List:
		items := make([]string, len(v.Items))
		for i, item := range v.Items {
			items[i] = Show(item)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	members := make([]string, len(v.Members))
	for i, m := range v.Members {
		members[i] = m.Name + ": " + Show(m.Value)
	}
	return "{" + strings.Join(members, ", ") + "}"
}
