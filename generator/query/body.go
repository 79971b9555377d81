package query

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// body writes what a method does, by the shape of its results.
func (a *adapter) body(m source.Method, q goQuery, call *jen.Statement) ([]jen.Code, error) {
	if len(m.Results) == 0 || m.Results[len(m.Results)-1].Type != "error" {
		return nil, fmt.Errorf("its last result is not an error")
	}
	wants := m.Results[:len(m.Results)-1]
	if row, ok := a.insertedRow(m); ok && len(wants) == 0 && len(q.Results) == 1 {
		return a.inserted(m, row, q.Results[0], call), nil
	}
	if len(q.Results) != min(len(wants), 1) {
		return nil, fmt.Errorf("the query gives %d results, the method %d", len(q.Results), len(wants))
	}
	switch len(wants) {
	case 0:
		return []jen.Code{jen.Return(jen.Id("translate").Call(call))}, nil
	case 1:
		return a.single(m, q.Results[0], call)
	}
	return a.embedded(m, q.Results[0], call)
}

// insertedRow returns the parameter whose id an insert sets: a row of a table whose ids the database makes.
func (a *adapter) insertedRow(m source.Method) (source.Param, bool) {
	for _, p := range m.Params {
		if t, ok := a.rowTable(p.Type, "*"); ok {
			id, _ := t.Column(schema.PrimaryKey)
			return p, id.IDs.ByDatabase()
		}
	}
	return source.Param{}, false
}

// inserted writes a method that adds a row and learns its id.
func (a *adapter) inserted(m source.Method, row source.Param, got string, call *jen.Statement) []jen.Code {
	id := jen.Id(free(m, "id", "made"))
	value := id.Clone()
	switch {
	case got == "int64": // what MySQL says the last id was
		value = jen.Qual("strconv", "FormatInt").Call(value, jen.Lit(10))
	case got != "string":
		value = a.converted("string", value)
	}
	return []jen.Code{
		jen.List(id, jen.Err()).Op(":=").Add(call),
		failed(),
		jen.Id(local(row.Name)).Dot(schema.GoName(schema.PrimaryKey)).Op("=").Add(value),
		jen.Return(jen.Nil()),
	}
}

// single writes a method with one result besides the error.
func (a *adapter) single(m source.Method, got string, call *jen.Statement) ([]jen.Code, error) {
	want := m.Results[0].Type
	if t, ok := a.rowTable(want, "*"); ok {
		return a.oneRow(m, t, got, call)
	}
	if t, ok := a.rowTable(want, "[]"); ok {
		return a.manyRows(m, t, got, call)
	}
	if want != got {
		return nil, fmt.Errorf("the query gives %s, the method %s", got, want)
	}
	name := free(m, "value", "found")
	switch {
	case want == "int64":
		name = free(m, "n", "count")
	case strings.HasPrefix(want, "[]"):
		name = free(m, "list", "found")
	}
	return []jen.Code{
		jen.List(jen.Id(name), jen.Err()).Op(":=").Add(call),
		jen.Return(jen.Id(name), jen.Id("translate").Call(jen.Err())),
	}, nil
}

func (a *adapter) oneRow(m source.Method, t schema.Table, got string, call *jen.Statement) ([]jen.Code, error) {
	if got != schema.GoName(t.Key) {
		return nil, fmt.Errorf("the query does not give the columns of table %q in their order; select {{cols %q}}", t.Key, t.Key)
	}
	a.used[t.Key] = true
	row := jen.Id(free(m, "row", "found"))
	return []jen.Code{
		jen.List(row.Clone(), jen.Err()).Op(":=").Add(call),
		failed(jen.Nil()),
		jen.Return(a.fromRowCall(t, row), jen.Nil()),
	}, nil
}

func (a *adapter) manyRows(m source.Method, t schema.Table, got string, call *jen.Statement) ([]jen.Code, error) {
	if got != "[]"+schema.GoName(t.Key) {
		return nil, fmt.Errorf("the query does not list the columns of table %q in their order; select {{cols %q}}", t.Key, t.Key)
	}
	a.used[t.Key] = true
	list, rows := jen.Id(free(m, "list", "all")), jen.Id(free(m, "rows", "found"))
	return []jen.Code{
		jen.List(rows.Clone(), jen.Err()).Op(":=").Add(call),
		failed(jen.Nil()),
		list.Clone().Op(":=").Make(jen.Index().Qual(a.in.ModelImport, schema.GoName(t.Key)), jen.Len(rows.Clone())),
		jen.For(jen.List(jen.Id("i"), jen.Id("row")).Op(":=").Range().Add(rows)).Block(
			list.Clone().Index(jen.Id("i")).Op("=").Op("*").Add(a.fromRowCall(t, jen.Id("row"))),
		),
		jen.Return(list, jen.Nil()),
	}, nil
}

// embedded writes a method that returns rows of several tables, which the query embeds.
func (a *adapter) embedded(m source.Method, got string, call *jen.Statement) ([]jen.Code, error) {
	wants := m.Results[:len(m.Results)-1]
	members := a.code.structs[got]
	if len(members) != len(wants) {
		return nil, fmt.Errorf("the query does not embed one row for each result")
	}
	row := jen.Id(free(m, "row", "found"))
	var nils, rows []jen.Code
	for i, want := range wants {
		t, ok := a.rowTable(want.Type, "*")
		if !ok || members[i].Type != schema.GoName(t.Key) {
			return nil, fmt.Errorf("result %d is %s, but the query embeds %s there", i+1, want.Type, members[i].Type)
		}
		a.used[t.Key] = true
		nils = append(nils, jen.Nil())
		rows = append(rows, a.fromRowCall(t, row.Clone().Dot(members[i].Name)))
	}
	return []jen.Code{
		jen.List(row, jen.Err()).Op(":=").Add(call),
		failed(nils...),
		jen.Return(append(rows, jen.Nil())...),
	}, nil
}

// failed writes the early return of a query's error.
func failed(zero ...jen.Code) jen.Code {
	return jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(append(zero, jen.Id("translate").Call(jen.Err()))...))
}
