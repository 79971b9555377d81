package web

import (
	"encoding/json"
	"reflect"
	"strings"
)

// field is one member an input struct expects.
type field struct {
	name     string
	value    reflect.Value
	required bool
	rest     bool // takes all members no other field names
	rules    rules
}

// fieldsOf returns the fields of a struct in their order, those of embedded
// structs in the place of the struct.
func fieldsOf(v reflect.Value) []field {
	var fields []field
	for i := range v.NumField() {
		t := v.Type().Field(i)
		tag, tagged := t.Tag.Lookup("json")
		rules := parseRules(t.Tag.Get("check"))
		switch {
		case t.Anonymous && !tagged && t.Type.Kind() == reflect.Struct:
			fields = append(fields, fieldsOf(v.Field(i))...)
		case !t.IsExported():
		case rules.has("rest") && t.Type == reflect.TypeFor[map[string]json.RawMessage]():
			fields = append(fields, field{value: v.Field(i), rest: true})
		case tagged && tag != "-":
			fields = append(fields, newField(tag, v.Field(i), rules))
		}
	}
	return fields
}

func newField(tag string, v reflect.Value, rules rules) field {
	name, options, _ := strings.Cut(tag, ",")
	optional := strings.Contains(options, "omit") || mayBeMissing(v)
	return field{name: name, value: v, rules: rules, required: !optional || rules.has("required")}
}

func mayBeMissing(v reflect.Value) bool {
	if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface || v.Type() == reflect.TypeFor[json.RawMessage]() {
		return true
	}
	_, self := v.Addr().Interface().(JSONDecoder)
	return self
}

// Unrecognized is the message for members an object does not have.
func Unrecognized(keys []string) string {
	label := "Unrecognized key: "
	if len(keys) > 1 {
		label = "Unrecognized keys: "
	}
	return label + `"` + strings.Join(keys, `", "`) + `"`
}
