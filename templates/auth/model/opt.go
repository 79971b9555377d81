package model

import (
	"encoding/json"
	"fmt"
)

// An Opt is a value that a client may send, send as null, or leave out. Endpoints that change rows
// need all three: absent means "leave it", null means "clear it".
type Opt[T any] struct {
	Set   bool // the member was present
	Null  bool // the member was null
	Value T
}

// Some returns a present value, for calls from Go.
func Some[T any](v T) Opt[T] { return Opt[T]{Set: true, Value: v} }

// Null returns a present null.
func Null[T any]() Opt[T] { return Opt[T]{Set: true, Null: true} }

// To copies the value to a nullable column; an absent value leaves it alone.
func (o Opt[T]) To(column **T) {
	switch {
	case !o.Set:
	case o.Null:
		*column = nil
	default:
		v := o.Value
		*column = &v
	}
}

// ToRequired copies the value to a column that cannot be null.
func (o Opt[T]) ToRequired(column *T) {
	if o.Set && !o.Null {
		*column = o.Value
	}
}

// ToNilable copies the value to a column of a type whose nil stands for null, such as a list.
func (o Opt[T]) ToNilable(column *T) {
	switch {
	case !o.Set:
	case o.Null:
		var null T
		*column = null
	default:
		*column = o.Value
	}
}

// UnmarshalJSON implements json.Unmarshaler.
func (o *Opt[T]) UnmarshalJSON(text []byte) error {
	o.Set, o.Null = true, string(text) == "null"
	if o.Null {
		return nil
	}
	return json.Unmarshal(text, &o.Value)
}

// DecodeJSON reads a member of a request body. When the member has another type it returns the name
// of the type that was expected, as validation messages spell it.
func (o *Opt[T]) DecodeJSON(text json.RawMessage) (expected string, ok bool) {
	if err := o.UnmarshalJSON(text); err != nil {
		*o = Opt[T]{}
		return jsonType(o.Value), false
	}
	return "", true
}

// MarshalJSON implements json.Marshaler; an absent value is written as null.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if !o.Set || o.Null {
		return []byte("null"), nil
	}
	return json.Marshal(o.Value)
}

func jsonType(v any) string {
	switch v.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case int64, float64:
		return "number"
	case Time:
		return "date"
	case Strings, Numbers:
		return "array"
	}
	return fmt.Sprintf("%T", v)
}
