package config

import (
	"fmt"
	"reflect"
	"strings"
)

// Apply sets the options, a pointer to a struct, to what settings say. Variables are read through
// getenv; nil leaves them empty.
func Apply(settings []Setting, options any, getenv func(string) string) error {
	for _, s := range settings {
		target := reflect.ValueOf(options)
		if target.Kind() != reflect.Pointer || target.IsNil() {
			return fmt.Errorf("options are %T, want a pointer to a struct", options)
		}
		target = target.Elem()
		for name := range strings.SplitSeq(s.Field, ".") {
			if target.Kind() != reflect.Struct || !target.FieldByName(name).IsValid() {
				return fmt.Errorf("%s: no field %s in %s", s.Path, s.Field, target.Type())
			}
			target = target.FieldByName(name)
		}
		s.Value.set(target, getenv)
	}
	return nil
}

// set stores the value. The types fit, because they were checked when the value was made.
func (v Value) set(target reflect.Value, getenv func(string) string) {
	if target.Kind() == reflect.Pointer {
		target.Set(reflect.New(target.Type().Elem()))
		target = target.Elem()
	}
	switch target.Interface().(type) {
	case Text:
		target.Set(reflect.ValueOf(v.Text))
		return
	case Scalar:
		target.Set(reflect.ValueOf(Scalar{v.scalar()}))
		return
	}
	switch v.Kind {
	case Bool:
		target.SetBool(v.Bool)
	case Int:
		target.SetInt(v.Int)
	case Float:
		target.SetFloat(v.Float)
	case String:
		target.SetString(v.Text.Resolve(getenv))
	case List:
		v.setList(target, getenv)
	case Object:
		v.setMap(target, getenv)
	case Struct:
		for _, m := range v.Members {
			m.Value.set(target.FieldByName(m.Name), getenv)
		}
	}
}

func (v Value) setList(target reflect.Value, getenv func(string) string) {
	list := reflect.MakeSlice(target.Type(), len(v.Items), len(v.Items))
	for i, item := range v.Items {
		item.set(list.Index(i), getenv)
	}
	target.Set(list)
}

func (v Value) setMap(target reflect.Value, getenv func(string) string) {
	if target.Kind() == reflect.Slice { // a Map
		list := reflect.MakeSlice(target.Type(), len(v.Members), len(v.Members))
		for i, m := range v.Members {
			list.Index(i).Field(0).SetString(m.Name)
			m.Value.set(list.Index(i).Field(1), getenv)
		}
		target.Set(list)
		return
	}
	out := reflect.MakeMapWithSize(target.Type(), len(v.Members))
	for _, m := range v.Members {
		element := reflect.New(target.Type().Elem()).Elem()
		m.Value.set(element, getenv)
		out.SetMapIndex(reflect.ValueOf(m.Name).Convert(target.Type().Key()), element)
	}
	target.Set(out)
}

// scalar returns the value as plain Go.
func (v Value) scalar() any {
	switch v.Kind {
	case Bool:
		return v.Bool
	case Int:
		return v.Int
	case Float:
		return v.Float
	case List:
		out := make([]any, len(v.Items))
		for i, item := range v.Items {
			out[i] = item.scalar()
		}
		return out
	}
	return v.Text.Literal()
}
