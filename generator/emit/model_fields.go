package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/gotype"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// fields writes Fields, and a struct with the functions of the user's fields for each table that has some.
func (m *modelFile) fields(s schema.Schema) {
	var members []jen.Code
	for _, t := range s.Tables {
		if len(t.OwnFields()) > 0 {
			name := schema.GoName(t.Key)
			members = append(members, jen.Id(name).Id(name+"Fields"))
			m.tableFields(t, t.OwnFields())
		}
	}
	m.Line().Comment("Fields has the functions of the fields in betterauth.yaml.")
	m.Type().Id("Fields").Struct(members...)
}

func (m *modelFile) tableFields(t schema.Table, own []schema.Column) {
	row := schema.GoName(t.Key)
	name := row + "Fields"
	m.Line().Commentf("%s has the functions of your fields of %s.", name, row)
	m.Type().Id(name).StructFunc(func(g *jen.Group) {
		for _, c := range own {
			g.Id(schema.GoName(c.Key)).Id("Field").Types(jen.Id(gotype.Of(c).Name))
		}
	})
	m.Line().Commentf("kept%s remembers how your fields of a row were stored.", row)
	m.Type().Id("kept" + row).StructFunc(func(g *jen.Group) {
		for _, c := range own {
			g.Id(schema.GoName(c.Key)).Id("Kept").Types(fieldType(c))
		}
	})
	each := func(g *jen.Group, method string) {
		for _, c := range own {
			called := method
			if gotype.Of(c).Pointer {
				called += "Nullable"
			}
			g.Id("f").Dot(schema.GoName(c.Key)).Dot(called).Call(
				jen.Op("&").Id("row").Dot(schema.GoName(c.Key)), jen.Op("&").Id("row").Dot("kept").Dot(schema.GoName(c.Key)))
		}
	}
	method := func(name string) *jen.Statement { return m.Func().Params(jen.Id("f").Id(row + "Fields")).Id(name) }
	if gotype.TakesInput(t.Key) {
		m.Line().Comment("Check validates what a client has sent.")
		method("Check").Params(jen.Id("in").Op("*").Id(row + "Input")).Error().BlockFunc(func(g *jen.Group) {
			for _, c := range own {
				if c.Input {
					field := schema.GoName(c.Key)
					g.If(jen.Err().Op(":=").Id("f").Dot(field).Dot("Check").Call(jen.Op("&").Id("in").Dot(field)), jen.Err().Op("!=").Nil()).
						Block(jen.Return(jen.Err()))
				}
			}
			g.Return(jen.Nil())
		})
	}
	m.Line().Comment("ToStore returns the row as it is stored.")
	method("ToStore").Params(jen.Id("row").Id(row)).Id(row).BlockFunc(func(g *jen.Group) {
		each(g, "ToStore")
		g.Return(jen.Id("row"))
	})
	m.Line().Comment("FromStore turns a stored row back.")
	method("FromStore").Params(jen.Id("row").Op("*").Id(row)).BlockFunc(func(g *jen.Group) { each(g, "FromStore") })
	m.Line().Comment("Update sets what changes with the row.")
	method("Update").Params(jen.Id("row").Op("*").Id(row)).BlockFunc(func(g *jen.Group) { each(g, "Update") })
}
