package web

import (
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// field is one member an input struct expects.
type field struct {
	name     string
	index    []int // of the struct's field, for reflect.Value.FieldByIndex
	required bool
	rest     bool // takes all members no other field names
	rules    rules
}

// fieldsByType remembers what fieldsOf has found.
var fieldsByType sync.Map // of []field by reflect.Type

// fieldsOf returns the fields of a struct in their order, those of embedded
// structs in the place of the struct.
func fieldsOf(t reflect.Type) []field {
	known, ok := fieldsByType.Load(t)
	if !ok {
		known, _ = fieldsByType.LoadOrStore(t, readFields(t))
	}
	return known.([]field)
}

func readFields(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("json")
		rules := parseRules(f.Tag.Get("check"))
		switch {
		case f.Anonymous && !tagged && f.Type.Kind() == reflect.Struct:
			for _, inner := range readFields(f.Type) {
				inner.index = append([]int{i}, inner.index...)
				fields = append(fields, inner)
			}
		case !f.IsExported():
		case rules.has("rest") && f.Type == reflect.TypeFor[map[string]json.RawMessage]():
			fields = append(fields, field{index: f.Index, rest: true})
		case tagged && tag != "-":
			fields = append(fields, newField(tag, f, rules))
		}
	}
	return fields
}

func newField(tag string, f reflect.StructField, rules rules) field {
	name, options, _ := strings.Cut(tag, ",")
	optional := strings.Contains(options, "omit") || mayBeMissing(f.Type)
	return field{name: name, index: f.Index, rules: rules, required: !optional || rules.has("required")}
}

func mayBeMissing(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer || t.Kind() == reflect.Interface || t == reflect.TypeFor[json.RawMessage]() ||
		reflect.PointerTo(t).Implements(reflect.TypeFor[JSONDecoder]())
}

// Unrecognized is the message for members an object does not have.
func Unrecognized(keys []string) string {
	label := "Unrecognized key: "
	if len(keys) > 1 {
		label = "Unrecognized keys: "
	}
	return label + `"` + strings.Join(keys, `", "`) + `"`
}
