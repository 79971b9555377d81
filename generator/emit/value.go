package emit

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
)

// printer prints configured values as Go.
type printer struct {
	imports source.Imports // where named types of the reference code are in the user's repository
}

// assign returns one assignment for each setting: o.Session.ExpiresIn = 3600.
func (p printer) assign(settings []config.Setting) ([]jen.Code, error) {
	lines := make([]jen.Code, 0, len(settings))
	for _, s := range settings {
		value, err := p.value(s.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", s.Pos, s.Path, err)
		}
		target := jen.Id("o")
		for _, name := range strings.Split(s.Field, ".") {
			target.Dot(name)
		}
		lines = append(lines, target.Op("=").Add(value))
	}
	return lines, nil
}

// value prints v as an expression of the type of its place.
func (p printer) value(v config.Value) (*jen.Statement, error) {
	if v.Type != nil && v.Type.Kind() == reflect.Pointer {
		v.Type = v.Type.Elem()
		inner, err := p.value(v)
		return jen.New(inner), err
	}
	switch v.Kind {
	case config.Bool:
		return jen.Lit(v.Bool), nil
	case config.Int:
		return jen.Lit(int(v.Int)), nil
	case config.Float:
		return jen.Lit(v.Float), nil
	case config.String:
		return text(v.Text), nil
	case config.List:
		return p.list(v)
	case config.Object:
		return p.object(v)
	case config.Struct:
		return p.composite(v)
	}
	return nil, fmt.Errorf("value of unknown kind %d", v.Kind)
}

func (p printer) list(v config.Value) (*jen.Statement, error) {
	structs := v.Type.Elem().Kind() == reflect.Struct
	items := make([]jen.Code, len(v.Items))
	for i, item := range v.Items {
		var code jen.Code
		var err error
		if structs && item.Kind == config.Struct {
			code, err = p.element(item)
		} else {
			code, err = p.value(item)
		}
		if err != nil {
			return nil, err
		}
		items[i] = code
	}
	list := jen.Index().Add(p.typeName(v.Type.Elem()))
	if structs {
		return list.Add(block(items)), nil
	}
	return list.Values(items...), nil
}

// element prints a struct in a list, which says the type already: one member a line.
func (p printer) element(v config.Value) (*jen.Statement, error) {
	fields, err := p.fields(v)
	return block(fields), err
}

func (p printer) object(v config.Value) (*jen.Statement, error) {
	if v.Type.Kind() == reflect.Slice {
		return p.ordered(v)
	}
	members := slices.Clone(v.Members)
	slices.SortFunc(members, func(a, b config.Member) int { return strings.Compare(a.Name, b.Name) })
	rows := make([]jen.Code, len(members))
	for i, m := range members {
		code, err := p.value(m.Value)
		if err != nil {
			return nil, err
		}
		rows[i] = jen.Lit(m.Name).Op(":").Add(code)
	}
	return jen.Map(p.typeName(v.Type.Key())).Add(p.typeName(v.Type.Elem())).Add(block(rows)), nil
}

// ordered prints a map that keeps its order: a list of structs of a key and a value.
func (p printer) ordered(v config.Value) (*jen.Statement, error) {
	entry := v.Type.Elem()
	rows := make([]jen.Code, len(v.Members))
	for i, m := range v.Members {
		code, err := p.value(m.Value)
		if err != nil {
			return nil, err
		}
		rows[i] = jen.Values(jen.Id(entry.Field(0).Name).Op(":").Lit(m.Name), jen.Id(entry.Field(1).Name).Op(":").Add(code))
	}
	return jen.Index().Add(p.typeName(entry)).Add(block(rows)), nil
}

func (p printer) composite(v config.Value) (*jen.Statement, error) {
	fields, err := p.fields(v)
	return p.typeName(v.Type).Values(fields...), err
}

func (p printer) fields(v config.Value) ([]jen.Code, error) {
	fields := make([]jen.Code, len(v.Members))
	for i, m := range v.Members {
		code, err := p.value(m.Value)
		if err != nil {
			return nil, err
		}
		fields[i] = jen.Id(m.Name).Op(":").Add(code)
	}
	return fields, nil
}

// block puts each row on a line of its own.
func block(rows []jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, rows...)
}

// text prints a text with its environment variables read when the server starts.
func text(t config.Text) *jen.Statement {
	if len(t) == 0 {
		return jen.Lit("")
	}
	expression := jen.Add(part(t[0]))
	for _, next := range t[1:] {
		expression.Op("+").Add(part(next))
	}
	return expression
}

func part(p config.Part) *jen.Statement {
	if p.Env == "" {
		return jen.Lit(p.Literal)
	}
	return jen.Qual("os", "Getenv").Call(jen.Lit(p.Env))
}

// typeName prints a type of the reference code as the user's repository spells it.
func (p printer) typeName(t reflect.Type) *jen.Statement {
	switch {
	case t.Kind() == reflect.Pointer:
		return jen.Op("*").Add(p.typeName(t.Elem()))
	case t.Kind() == reflect.Slice:
		return jen.Index().Add(p.typeName(t.Elem()))
	case t.PkgPath() == "":
		return jen.Id(t.String())
	}
	target, _ := p.imports.Rewrite(t.PkgPath())
	return jen.Qual(target, t.Name())
}
