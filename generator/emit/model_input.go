package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/gotype"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// input writes the fields of a table beyond Better Auth's own that a client may set. Their absence
// matters, so each is an Opt.
func (m *modelFile) input(t schema.Table) {
	name := schema.GoName(t.Key)
	in := &modelInput{modelFile: m, name: name + "Input", row: name, recv: strings.ToLower(name[:1]), table: t}
	for _, c := range t.Columns {
		switch {
		case c.Origin.Plugin == "core":
		case c.Input:
			in.fields = append(in.fields, c)
		default:
			in.readOnly = append(in.readOnly, c)
		}
	}
	in.writeStruct()
	in.writeApply()
	in.writeMissing()
	in.writeInvalid()
	in.writeValues()
	in.writeEmpty()
	in.writeReadOnly()
}

type modelInput struct {
	*modelFile
	name, row, recv  string
	table            schema.Table
	fields, readOnly []schema.Column
}

// method begins a method with the receiver in.
func (in *modelInput) method(name string) *jen.Statement {
	return in.Func().Params(jen.Id("in").Id(in.name)).Id(name)
}

func (in *modelInput) writeStruct() {
	in.Line().Commentf("%s holds the fields of %s beyond Better Auth's own that a client may set.", in.name, in.row)
	in.Type().Id(in.name).StructFunc(func(g *jen.Group) {
		for _, c := range in.fields {
			g.Id(schema.GoName(c.Key)).Id("Opt").Types(jen.Id(gotype.Of(c).Name)).Tag(map[string]string{"json": c.Key})
		}
	})
}

func (in *modelInput) writeApply() {
	in.Line().Commentf("Apply copies the values that are present to %s.", in.recv)
	in.method("Apply").Params(jen.Id(in.recv).Op("*").Id(in.row)).BlockFunc(func(g *jen.Group) {
		for _, c := range in.fields {
			name := schema.GoName(c.Key)
			g.Id("in").Dot(name).Dot(copier(c)).Call(jen.Op("&").Id(in.recv).Dot(name))
		}
	})
}

// copier chooses the method of Opt that knows what null means to the column.
func copier(c schema.Column) string {
	switch {
	case c.Required:
		return "ToRequired"
	case !gotype.Of(c).Pointer:
		return "ToNilable"
	}
	return "To"
}

func (in *modelInput) writeMissing() {
	in.Line().Comment(`Missing returns the first required field without a value, or "".`)
	in.method("Missing").Params().String().BlockFunc(func(g *jen.Group) {
		for _, c := range in.fields {
			if c.Required && c.Default == nil {
				field := jen.Id("in").Dot(schema.GoName(c.Key))
				g.If(jen.Op("!").Add(field.Clone()).Dot("Set").Op("||").Add(field).Dot("Null")).
					Block(jen.Return(jen.Lit(c.Key)))
			}
		}
		g.Return(jen.Lit(""))
	})
}

func (in *modelInput) writeInvalid() {
	in.Line().Comment(`Invalid returns the first field whose value is none of those it may have, or "".`)
	in.method("Invalid").Params().String().BlockFunc(func(g *jen.Group) {
		for _, c := range in.fields {
			if c.Required {
				g.If(jen.Id("in").Dot(schema.GoName(c.Key)).Dot("Null")).Block(jen.Return(jen.Lit(c.Key)))
			}
			if len(c.Enum) > 0 {
				in.needsOneOf = true
				args := []jen.Code{jen.Id("in").Dot(schema.GoName(c.Key))}
				for _, v := range c.Enum {
					args = append(args, jen.Lit(v))
				}
				g.If(jen.Op("!").Id("oneOf").Call(args...)).Block(jen.Return(jen.Lit(c.Key)))
			}
		}
		g.Return(jen.Lit(""))
	})
}

func (in *modelInput) writeValues() {
	in.Line().Comment("Values lists what the fields with a fixed set of values may hold.")
	list := jen.Nil()
	var pairs []jen.Code
	for _, c := range in.fields {
		if len(c.Enum) == 0 {
			continue
		}
		var values []jen.Code
		for _, v := range c.Enum {
			values = append(values, jen.Lit(v))
		}
		pairs = append(pairs, jen.Lit(c.Key).Op(":").Values(values...))
	}
	if len(pairs) > 0 {
		list = jen.Map(jen.String()).Index().String().Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: len(pairs) > 1}, pairs...)
	}
	in.Func().Params(jen.Id(in.name)).Id("Values").Params().Map(jen.String()).Index().String().Block(jen.Return(list))
}

func (in *modelInput) writeEmpty() {
	in.Line().Comment("Empty reports that no field is present.")
	empty := jen.True()
	for i, c := range in.fields {
		absent := jen.Op("!").Id("in").Dot(schema.GoName(c.Key)).Dot("Set")
		if i == 0 {
			empty = absent
			continue
		}
		empty = empty.Op("&&").Add(absent)
	}
	in.method("Empty").Params().Bool().Block(jen.Return(empty))
}

func (in *modelInput) writeReadOnly() {
	in.Line().Comment("ReadOnly lists the fields a client may not set; true when the field has a default.")
	list := jen.Nil()
	if len(in.readOnly) > 0 {
		var pairs []jen.Code
		for _, c := range in.readOnly {
			pairs = append(pairs, jen.Lit(c.Key).Op(":").Lit(c.Default != nil))
		}
		list = jen.Map(jen.String()).Bool().Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: len(pairs) > 1}, pairs...)
	}
	in.Func().Params(jen.Id(in.name)).Id("ReadOnly").Params().Map(jen.String()).Bool().Block(jen.Return(list))
}
