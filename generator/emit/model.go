package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/gofile"
	"github.com/betterauth-gen/betterauth-gen/generator/gotype"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Model writes model_gen.go: a struct for each table, and for user and session the fields a client
// may set. The dialect decides how dates are stored, and nothing else.
func Model(s schema.Schema, d schema.Dialect) ([]byte, error) {
	m := &modelFile{File: jen.NewFile("model")}
	m.HeaderComment(gofile.Header)
	m.dateStorage(d)
	m.ids(s)
	for _, t := range s.Tables {
		if err := m.table(t); err != nil {
			return nil, err
		}
	}
	m.fields(s)
	m.helpers()
	return gofile.Render(m.File, "")
}

type modelFile struct {
	*jen.File
	needsPtr, needsOneOf bool
}

// helpers writes the functions the rest has made use of; an unused one would be a lint warning.
func (m *modelFile) helpers() {
	if m.needsPtr {
		m.Line().Func().Id("ptr").Types(jen.Id("T").Any()).Params(jen.Id("v").Id("T")).Op("*").Id("T").
			Block(jen.Return(jen.Op("&").Id("v")))
	}
	if m.needsOneOf {
		m.Line().Func().Id("oneOf").Params(jen.Id("o").Id("Opt").Types(jen.String()), jen.Id("allowed").Op("...").String()).Bool().
			Block(jen.Return(jen.Op("!").Id("o").Dot("Set").Op("||").Id("o").Dot("Null").Op("||").
				Qual("slices", "Contains").Call(jen.Id("allowed"), jen.Id("o").Dot("Value"))))
	}
}

func (m *modelFile) dateStorage(d schema.Dialect) {
	if d == schema.SQLite {
		m.Comment("storesDatesAsText is true for SQLite, which has no date type.")
	} else {
		m.Comment("storesDatesAsText is false: the database has a date type.")
	}
	m.Const().Id("storesDatesAsText").Op("=").Lit(d == schema.SQLite)
}

// ids writes the constant that says who makes primary keys, and of what.
func (m *modelFile) ids(s schema.Schema) {
	name, comment := "TextIDs", "IDs says that ids are random text."
	if id, _ := s.Column("user", schema.PrimaryKey); id.IDs != schema.TextIDs {
		switch id.IDs {
		case schema.UUIDs:
			name, comment = "UUIDs", "IDs says that ids are random UUIDs."
		case schema.SerialIDs:
			name, comment = "SerialIDs", "IDs says that the database counts ids up."
		case schema.DatabaseIDs:
			name, comment = "DatabaseIDs", "IDs says that a default of the database's makes ids."
		}
	}
	m.Line().Comment(comment)
	m.Const().Id("IDs").Op("=").Id(name)
}

func (m *modelFile) table(t schema.Table) error {
	if err := checkNames(t); err != nil {
		return err
	}
	m.row(t)
	if gotype.TakesInput(t.Key) {
		m.input(t)
		m.stored(t)
	}
	return m.setDefaults(t)
}

// row writes the struct of a table.
func (m *modelFile) row(t schema.Table) {
	name := schema.GoName(t.Key)
	m.Line().Commentf("%s %s is a row of table %q.", article(name, "A", "An"), name, t.Key)
	m.Type().Id(name).StructFunc(func(g *jen.Group) {
		for _, c := range fieldOrder(t) {
			tag := c.Key
			if !c.Returned {
				tag = "-"
			}
			g.Id(schema.GoName(c.Key)).Add(fieldType(c)).Tag(map[string]string{"json": tag})
		}
		if len(t.OwnFields()) > 0 {
			g.Line().Id("kept").Id("kept" + name)
		}
	})
}

// fieldOrder returns the columns in the order of the JSON members: id is last.
func fieldOrder(t schema.Table) []schema.Column {
	var columns, last []schema.Column
	for _, c := range t.Columns {
		if c.Key == schema.PrimaryKey {
			last = append(last, c)
			continue
		}
		columns = append(columns, c)
	}
	return append(columns, last...)
}

func fieldType(c schema.Column) jen.Code {
	t := gotype.Of(c)
	if t.Pointer {
		return jen.Op("*").Id(t.Name)
	}
	return jen.Id(t.Name)
}

// checkNames refuses columns that would give two fields of one name, or a field with the name of a
// method.
func checkNames(t schema.Table) error {
	taken := map[string]string{}
	for _, name := range gotype.Taken(t.Key) {
		taken[name] = "a method"
	}
	for _, c := range t.Columns {
		name := schema.GoName(c.Key)
		if other, ok := taken[name]; ok {
			return fmt.Errorf("%s.%s: the Go name %s belongs to %s; choose another key and set fieldName", t.Key, c.Key, name, other)
		}
		taken[name] = "column " + c.Key
	}
	return nil
}

func article(name, a, an string) string {
	switch name[0] {
	case 'A', 'E', 'I', 'O':
		return an
	}
	return a
}
