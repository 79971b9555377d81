package web

import (
	"bytes"
	"encoding/json"
	"math"
	"net/url"
	"reflect"
	"slices"
	"strconv"
)

// JSONDecoder is a type of input that decodes itself. A nil raw stands for a
// member that is not there. When the value does not suit, ok is false and
// expected names what would; an empty name gives the message "Invalid input".
type JSONDecoder interface {
	DecodeJSON(raw json.RawMessage) (expected string, ok bool)
}

// Strict is an input that refuses members it does not know. Others drop them.
type Strict interface{ Strict() bool }

// Checker is an input with a rule over several members. Check runs when every
// member was decoded; its paths are relative to the input.
type Checker interface{ Check() Issues }

// Decode decodes the members of a JSON object into the struct or map that into
// points to. Where starts the paths of its issues: "body" or "query".
//
// The fields of a struct say what is expected, by the rules and with the
// messages of the zod 4 schemas of Better Auth 1.7.5:
//
//   - The json tag names the member; fields without one are left alone, and
//     embedded structs count as their fields.
//   - A field is required unless it is a pointer, an any, a json.RawMessage, a
//     JSONDecoder or tagged omitempty. Null is not a missing member.
//   - An int field takes whole numbers only, a float64 field any.
//   - The check tag lists further rules, see rule.
func Decode(members map[string]json.RawMessage, where string, into any) Issues {
	var d decoder
	d.members([]string{where}, members, reflect.ValueOf(into).Elem())
	return d.finish(where, into)
}

// QueryMembers returns the query of a URL as members of a JSON object. A key that
// is repeated becomes an array, so a field that wants text refuses it.
func QueryMembers(values url.Values) map[string]json.RawMessage {
	members := make(map[string]json.RawMessage, len(values))
	for key, list := range values {
		if len(list) == 1 {
			members[key] = marshal(list[0])
		} else {
			members[key] = marshal(list)
		}
	}
	return members
}

// FormMembers returns a form as members of a JSON object. All its values are text
// and the last of a repeated key counts.
func FormMembers(values url.Values) map[string]json.RawMessage {
	members := make(map[string]json.RawMessage, len(values))
	for key, list := range values {
		if len(list) > 0 {
			members[key] = marshal(list[len(list)-1])
		}
	}
	return members
}

func marshal(v any) json.RawMessage {
	text, _ := json.Marshal(v) // strings always have a JSON text
	return text
}

type decoder struct{ issues Issues }

func (d *decoder) add(path []string, message string) {
	if len(d.issues) < maxIssues {
		d.issues = append(d.issues, Issue{slices.Clone(path), message})
	}
}

func (d *decoder) finish(where string, into any) Issues {
	if checker, ok := into.(Checker); ok && len(d.issues) == 0 {
		for _, issue := range checker.Check() {
			d.add(append([]string{where}, issue.Path...), issue.Message)
		}
	}
	return d.issues
}

// value decodes one JSON value, checks included. Rules that name the allowed
// values take the place of the type check, as they do in zod.
func (d *decoder) value(path []string, raw json.RawMessage, v reflect.Value, rules rules) {
	if message, ok := rules.allows(raw); !ok {
		d.add(path, message)
		return
	}
	kind := TypeName(raw)
	if kind == "null" && rules.has("nullable") {
		return
	}
	found := len(d.issues)
	d.typed(path, raw, kind, v)
	rules.check(raw, kind, len(d.issues) == found, func(message string) { d.add(path, message) })
}

// typed decodes by the Go type alone.
func (d *decoder) typed(path []string, raw json.RawMessage, kind string, v reflect.Value) {
	if self, ok := v.Addr().Interface().(JSONDecoder); ok {
		d.self(path, raw, kind, self)
		return
	}
	if v.Type() == reflect.TypeFor[json.RawMessage]() {
		v.SetBytes(slices.Clone(raw))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		target := reflect.New(v.Type().Elem())
		d.typed(path, raw, kind, target.Elem())
		v.Set(target)
	case reflect.Interface:
		_ = json.Unmarshal(raw, v.Addr().Interface())
	case reflect.String:
		if d.expect(path, "string", kind) {
			v.SetString(stringOf(raw))
		}
	case reflect.Bool:
		if d.expect(path, "boolean", kind) {
			v.SetBool(bytes.TrimLeft(raw, " \t\r\n")[0] == 't')
		}
	case reflect.Float64:
		if d.expect(path, "number", kind) {
			v.SetFloat(numberOf(raw))
		}
	case reflect.Int, reflect.Int64:
		if d.expect(path, "number", kind) {
			d.integer(path, numberOf(raw), v)
		}
	case reflect.Slice:
		if d.expect(path, "array", kind) {
			d.array(path, raw, v)
		}
	case reflect.Map:
		if d.expect(path, "record", kind) {
			d.members(path, membersOf(raw), v)
		}
	case reflect.Struct:
		if d.expect(path, "object", kind) {
			d.members(path, membersOf(raw), v)
		}
	default:
		d.add(path, "Invalid input") // no JSON value suits such a field
	}
}

// expect reports whether kind is the expected one. Records are objects.
func (d *decoder) expect(path []string, expected, kind string) bool {
	if kind == expected || expected == "record" && kind == "object" {
		return true
	}
	d.add(path, mismatch(expected, kind))
	return false
}

func (d *decoder) self(path []string, raw json.RawMessage, kind string, v JSONDecoder) {
	expected, ok := v.DecodeJSON(raw)
	switch {
	case ok:
	case expected == "":
		d.add(path, "Invalid input")
	default:
		d.add(path, mismatch(expected, kind))
	}
}

// integer takes the whole numbers that JavaScript holds exactly.
func (d *decoder) integer(path []string, n float64, v reflect.Value) {
	const most = 1<<53 - 1
	switch {
	case n != math.Trunc(n):
		d.add(path, mismatch("int", "number"))
	case n > most:
		d.add(path, "Too big: expected int to be <=9007199254740991")
	case n < -most:
		d.add(path, "Too small: expected int to be >=-9007199254740991")
	default:
		v.SetInt(int64(n))
	}
}

func (d *decoder) array(path []string, raw json.RawMessage, v reflect.Value) {
	var items []json.RawMessage
	_ = json.Unmarshal(raw, &items) // raw is a member of a text that parsed
	list := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		d.value(append(path, strconv.Itoa(i)), item, list.Index(i), nil)
	}
	v.Set(list)
}

func membersOf(raw json.RawMessage) map[string]json.RawMessage {
	members := map[string]json.RawMessage{}
	_ = json.Unmarshal(raw, &members) // raw is a member of a text that parsed
	return members
}

// members decodes the members of an object into a struct or a map.
func (d *decoder) members(path []string, members map[string]json.RawMessage, v reflect.Value) {
	switch v.Kind() {
	case reflect.Map:
		d.record(path, members, v)
	case reflect.Struct:
		d.object(path, members, v)
	default:
		d.add(path, "Invalid input")
	}
}

func (d *decoder) record(path []string, members map[string]json.RawMessage, v reflect.Value) {
	record := reflect.MakeMapWithSize(v.Type(), len(members))
	for _, key := range sortedKeys(members) {
		item := reflect.New(v.Type().Elem()).Elem()
		d.value(append(path, key), members[key], item, nil)
		record.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), item)
	}
	v.Set(record)
}

func (d *decoder) object(path []string, members map[string]json.RawMessage, v reflect.Value) {
	unknown := make(map[string]json.RawMessage, len(members))
	for key, raw := range members {
		unknown[key] = raw
	}
	var rest []reflect.Value
	for _, f := range fieldsOf(v.Type()) {
		if f.rest {
			rest = append(rest, v.FieldByIndex(f.index))
			continue
		}
		delete(unknown, f.name)
		if raw, ok := members[f.name]; ok || f.required {
			d.value(append(path, f.name), raw, v.FieldByIndex(f.index), f.rules)
		}
	}
	for _, r := range rest {
		r.Set(reflect.ValueOf(unknown))
	}
	if s, ok := v.Addr().Interface().(Strict); ok && s.Strict() && len(unknown) > 0 {
		d.add(path, Unrecognized(sortedKeys(unknown)))
	}
}

func sortedKeys(members map[string]json.RawMessage) []string {
	keys := make([]string, 0, len(members))
	for key := range members {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
