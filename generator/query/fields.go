package query

import (
	"regexp"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// stored is the local variable with a row as the functions of its fields want it stored.
const stored = "stored"

// hasOwnFields reports whether any table has fields with functions of the user's.
func (a *adapter) hasOwnFields() bool {
	for _, t := range a.in.Schema.Tables {
		if len(t.OwnFields()) > 0 {
			return true
		}
	}
	return false
}

// fieldFunctions writes the part of Store that holds the functions of the user's fields.
func (a *adapter) fieldFunctions(f *jen.File) {
	if !a.hasOwnFields() {
		f.Line().Comment("FieldFunctions has nothing: there are no fields in betterauth.yaml.")
		f.Type().Id("FieldFunctions").Struct()
		return
	}
	f.Line().Comment("FieldFunctions holds the functions of the fields in betterauth.yaml.")
	f.Type().Id("FieldFunctions").Struct(jen.Id("fields").Qual(a.in.ModelImport, "Fields"))
	f.Line().Comment("SetFields sets the functions of fields. Call it before the first query.")
	f.Func().Params(jen.Id("s").Op("*").Id("Store")).Id("SetFields").
		Params(jen.Id("fields").Qual(a.in.ModelImport, "Fields")).Block(jen.Id("s").Dot("fields").Op("=").Id("fields"))
}

var update = regexp.MustCompile(`(?im)^\s*update\b`)

// conversion writes what comes before a query that stores a row with fields of the user's. The caller's row
// becomes what reading it back would give.
func (a *adapter) conversion(m source.Method, s statement) []jen.Code {
	for _, p := range m.Params {
		t, ok := a.rowTable(p.Type, "*")
		if !ok || len(t.OwnFields()) == 0 {
			continue
		}
		row, functions := jen.Id(local(p.Name)), jen.Id("s").Dot("fields").Dot(schema.GoName(t.Key))
		var body []jen.Code
		if update.MatchString(s.Text) {
			body = append(body, functions.Clone().Dot("Update").Call(row.Clone()))
		}
		return append(body,
			jen.Id(stored).Op(":=").Add(functions.Clone()).Dot("ToStore").Call(jen.Op("*").Add(row.Clone())),
			jen.Op("*").Add(row.Clone()).Op("=").Id(stored),
			functions.Clone().Dot("FromStore").Call(row.Clone()),
		)
	}
	return nil
}

// fromRowCall calls what fromRow writes.
func (a *adapter) fromRowCall(t schema.Table, row *jen.Statement) *jen.Statement {
	if len(t.OwnFields()) > 0 {
		return jen.Id("s").Dot(converter(t)).Call(row)
	}
	return jen.Id(converter(t)).Call(row)
}

// fromOwnRow writes the conversion of a row with fields of the user's.
func (a *adapter) fromOwnRow(t schema.Table, members []jen.Code) jen.Code {
	name := schema.GoName(t.Key)
	return jen.Func().Params(jen.Id("s").Op("*").Id("Store")).Id(converter(t)).
		Params(jen.Id("row").Qual(a.in.DBImport, name)).Op("*").Qual(a.in.ModelImport, name).
		Block(
			jen.Id("read").Op(":=").Op("&").Qual(a.in.ModelImport, name).Add(literal(members)),
			jen.Id("s").Dot("fields").Dot(name).Dot("FromStore").Call(jen.Id("read")),
			jen.Return(jen.Id("read")),
		)
}
