package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/gofile"
)

// MemoryFields returns store_gen.go of the store that keeps rows in memory: it hands the functions of the user's
// fields to the tables. Tables are the Go names of those with such fields; importPath is that of package store, model
// that of package model.
func MemoryFields(importPath, model string, tables []string) ([]byte, error) {
	f := newFile(importPath, "store")
	f.ImportName(model, "model")
	f.Comment("SetFields sets the functions of the fields in betterauth.yaml. Call it before the first query.")
	var lines []jen.Code
	for _, table := range tables {
		rows := jen.Id("s").Dot("memory").Dot(strings.ToLower(table) + "s")
		functions := jen.Id("fields").Dot(table)
		for _, f := range [][2]string{{"toStore", "ToStore"}, {"fromStore", "FromStore"}, {"onUpdate", "Update"}} {
			lines = append(lines, rows.Clone().Dot(f[0]).Op("=").Add(functions.Clone().Dot(f[1])))
		}
	}
	f.Func().Params(jen.Id("s").Op("*").Id("Store")).Id("SetFields").
		Params(jen.Id("fields").Qual(model, "Fields")).Block(lines...)
	return gofile.Render(f, importPath)
}
