package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/gotype"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// value is something a method has to give to its query.
type value struct {
	name string // folded
	typ  string
	expr func() *jen.Statement
	from string // parameter it comes from
}

// call writes s.queries(ctx).Name(ctx, …).
func (a *adapter) call(m source.Method, q goQuery, s statement) (*jen.Statement, error) {
	if len(m.Params) == 0 || m.Params[0].Type != "context.Context" {
		return nil, fmt.Errorf("its first parameter is not a context")
	}
	values := a.values(m)
	used := map[string]bool{m.Params[0].Name: true}
	take := func(f field) (*jen.Statement, error) {
		v, err := choose(values, a.paramName(s, f), f.Type)
		used[v.from] = true
		if err != nil {
			return nil, err
		}
		expr := v.expr()
		if strings.HasPrefix(f.Type, "*") && !strings.HasPrefix(v.typ, "*") {
			expr = jen.Op("&").Add(expr)
		}
		if strings.TrimPrefix(f.Type, "*") != strings.TrimPrefix(v.typ, "*") {
			expr = a.converted(f.Type, expr)
		}
		return expr, nil
	}
	ctx := jen.Id(local(m.Params[0].Name))
	args := []jen.Code{ctx}
	for _, p := range q.Params {
		arg, err := a.argument(p, take)
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	for _, p := range m.Params {
		if !used[p.Name] {
			return nil, fmt.Errorf("the query does not use parameter %s", p.Name)
		}
	}
	return jen.Id("s").Dot("queries").Call(ctx).Dot(q.Name).Call(args...), nil
}

// argument writes one argument of sqlc's method: a plain value, or the struct it makes of several.
func (a *adapter) argument(p field, take func(field) (*jen.Statement, error)) (jen.Code, error) {
	members, ok := a.code.structs[p.Type]
	if !ok {
		return take(p)
	}
	var codes []jen.Code
	for _, f := range members {
		expr, err := take(f)
		if err != nil {
			return nil, err
		}
		codes = append(codes, jen.Id(f.Name).Op(":").Add(expr))
	}
	return jen.Qual(a.in.DBImport, p.Type).Add(literal(codes)), nil
}

// values lists what the method's parameters offer: plain ones first, then the columns of rows.
func (a *adapter) values(m source.Method) []value {
	var plain, columns []value
	for _, p := range m.Params[1:] {
		name := local(p.Name)
		t, ok := a.rowTable(p.Type, "*")
		if !ok {
			plain = append(plain, value{fold(p.Name), p.Type, func() *jen.Statement { return jen.Id(name) }, p.Name})
			continue
		}
		if len(t.OwnFields()) > 0 {
			name = stored
		}
		for _, c := range t.Columns {
			columns = append(columns, value{
				fold(c.Key), gotype.Of(c).String(),
				func() *jen.Statement { return jen.Id(name).Dot(schema.GoName(c.Key)) }, p.Name,
			})
		}
	}
	return append(plain, columns...)
}

// choose finds the value for a parameter of the query.
func choose(values []value, name, typ string) (value, error) {
	i := slices.IndexFunc(values, func(v value) bool { return v.name == fold(name) })
	if i < 0 {
		return value{}, fmt.Errorf("the query's parameter %s has no counterpart", name)
	}
	v := values[i]
	if bound := boundAs(typ); v.typ != bound && "*"+v.typ != bound {
		return v, fmt.Errorf("the query's parameter %s is %s, not %s", name, typ, v.typ)
	}
	return v, nil
}

// boundAs returns the type of the model whose values are converted to typ.
func boundAs(typ string) string {
	switch strings.TrimLeft(typ, "*") {
	case "model.SerialID", "model.UUID":
		return strings.Repeat("*", strings.Count(typ, "*")) + "string"
	}
	return typ
}

// paramName returns the name a parameter has in the query. sqlc has put it through its renaming and
// its idea of Go names.
func (a *adapter) paramName(s statement, f field) string {
	for _, name := range s.params() {
		if renamed, ok := a.renames[name]; ok && renamed == f.Name || fold(name) == fold(f.Name) {
			return name
		}
	}
	return f.Name
}

// rowTable returns the table a type like *model.User stands for.
func (a *adapter) rowTable(typ, prefix string) (schema.Table, bool) {
	name, ok := strings.CutPrefix(typ, prefix+"model.")
	if !ok {
		return schema.Table{}, false
	}
	return a.tableOf(name)
}

// tableOf returns the table whose rows have the given Go name.
func (a *adapter) tableOf(name string) (schema.Table, bool) {
	i := slices.IndexFunc(a.in.Schema.Tables, func(t schema.Table) bool { return schema.GoName(t.Key) == name })
	if i < 0 {
		return schema.Table{}, false
	}
	return a.in.Schema.Tables[i], true
}
