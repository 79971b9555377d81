package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// stored writes the form in which secondary storage keeps a row of user or session: with the fields
// that the JSON for clients leaves out.
func (m *modelFile) stored(t schema.Table) {
	row := schema.GoName(t.Key)
	name, receiver := "Stored"+row, strings.ToLower(row[:1])
	var hidden []schema.Column
	for _, c := range fieldOrder(t) {
		if !c.Returned {
			hidden = append(hidden, c)
		}
	}
	m.Line().Commentf("%s is %s %s as secondary storage keeps it: with the fields clients do not see, too.",
		name, article(row, "a", "an"), row)
	m.Type().Id(name).StructFunc(func(g *jen.Group) {
		g.Id(row)
		for _, c := range hidden {
			g.Id(schema.GoName(c.Key)).Add(fieldType(c)).Tag(map[string]string{"json": c.Key})
		}
	})
	m.Line().Commentf("Stored returns the form of %s for secondary storage.", receiver)
	m.Func().Params(jen.Id(receiver).Op("*").Id(row)).Id("Stored").Params().Id(name).Block(
		jen.Return(jen.Id(name).Values(jen.DictFunc(func(d jen.Dict) {
			d[jen.Id(row)] = jen.Op("*").Id(receiver)
			for _, c := range hidden {
				d[jen.Id(schema.GoName(c.Key))] = jen.Id(receiver).Dot(schema.GoName(c.Key))
			}
		}))))
	m.Line().Comment("Row returns the row that was stored.")
	m.Func().Params(jen.Id(receiver).Id(name)).Id("Row").Params().Op("*").Id(row).BlockFunc(func(g *jen.Group) {
		if len(hidden) == 0 {
			g.Return(jen.Op("&").Id(receiver).Dot(row))
			return
		}
		g.Id("row").Op(":=").Id(receiver).Dot(row)
		for _, c := range hidden {
			g.Id("row").Dot(schema.GoName(c.Key)).Op("=").Id(receiver).Dot(schema.GoName(c.Key))
		}
		g.Return(jen.Op("&").Id("row"))
	})
}
