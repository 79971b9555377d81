package query

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/gofile"
	"github.com/betterauth-gen/betterauth-gen/generator/gotype"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// adapt writes store_gen.go: the methods of every Store interface, in terms of package db.
func adapt(in Input, c *code, l locator) ([]byte, error) {
	a := &adapter{in: in, code: c, locator: l, renames: renames(in.Dialect, in.Schema), used: map[string]bool{}}
	methods := a.methods()
	f := a.file()
	for _, m := range methods {
		f.Line().Add(a.method(m))
	}
	for _, t := range in.Schema.Tables {
		if a.used[t.Key] {
			f.Line().Add(a.fromRow(t))
		}
	}
	if err := a.diags.Err(); err != nil {
		return nil, err
	}
	return gofile.Render(f, path.Dir(in.ModelImport))
}

type adapter struct {
	in      Input
	code    *code
	locator locator
	renames map[string]string
	used    map[string]bool // keys of tables whose rows are converted
	diags   diag.List
}

// reservedMethod is written by hand for every dialect.
const reservedMethod = "InTx"

// methods returns what the interfaces ask for. Two plugins may ask for the same query; it is enough
// to answer once, provided that they agree.
func (a *adapter) methods() []source.Method {
	var all []source.Method
	seen := map[string]string{reservedMethod: ""}
	for _, s := range a.in.Sources {
		for _, m := range s.Contract.Methods {
			known, ok := seen[m.Name]
			switch {
			case !ok:
				seen[m.Name] = Signature(m)
				all = append(all, m)
			case m.Name != reservedMethod && known != Signature(m):
				a.diags.Errorf(m.Pos, CodeQuery, "%s is also declared as %s", m.Name, known)
			}
		}
	}
	return all
}

// Signature spells the types of a method; parameter names matter too, as they choose the columns.
func Signature(m source.Method) string {
	var params, results []string
	for _, p := range m.Params {
		params = append(params, p.Name+" "+p.Type)
	}
	for _, r := range m.Results {
		results = append(results, r.Type)
	}
	return fmt.Sprintf("func(%s) (%s)", strings.Join(params, ", "), strings.Join(results, ", "))
}

func (a *adapter) file() *jen.File {
	f := jen.NewFile("store")
	f.HeaderComment(gofile.Header)
	f.ImportName(a.in.ModelImport, "model")
	f.ImportName(a.in.DBImport, "db")
	var checks []jen.Code
	for _, s := range a.in.Sources {
		if len(s.Contract.Methods) == 0 {
			continue
		}
		f.ImportName(s.Contract.Import, s.Contract.Package)
		checks = append(checks, jen.Id("_").Qual(s.Contract.Import, "Store").Op("=").
			Parens(jen.Op("*").Id("Store")).Call(jen.Nil()))
	}
	f.Comment("Store implements what each package asks of the database.")
	if len(checks) == 1 {
		f.Var().Add(checks[0])
	} else if len(checks) > 1 {
		f.Var().Defs(checks...)
	}
	if a.in.Dialect == schema.Postgres {
		f.Line().Comment("schemaName is the schema that has the tables; empty: the first of search_path.")
		f.Const().Id("schemaName").Op("=").Lit(a.in.SchemaName)
	}
	a.fieldFunctions(f)
	return f
}

// method writes one method, or reports why its query does not fit.
func (a *adapter) method(m source.Method) jen.Code {
	q, ok := a.code.queries[m.Name]
	s, _ := a.locator.statement(m.Name)
	if !ok && a.in.Optional[m.Name] {
		return a.unanswered(m)
	}
	if !ok {
		a.diags.Errorf(m.Pos, CodeQuery, "no query is called %s", m.Name)
		return jen.Null()
	}
	call, err := a.call(m, q, s)
	if err == nil {
		var body []jen.Code
		if body, err = a.body(m, q, call); err == nil {
			return a.declare(m, append(a.conversion(m, s), body...))
		}
	}
	if a.in.Optional[m.Name] {
		return a.unanswered(m)
	}
	a.diags.Add(diag.Diagnostic{
		Severity: diag.Error, Code: CodeQuery, Pos: a.locator.position(s, 0),
		Summary: fmt.Sprintf("query %s does not fit method %s of Store: %v", m.Name, m.Name, err),
	})
	return jen.Null()
}

func (a *adapter) declare(m source.Method, body []jen.Code) jen.Code {
	return a.describe(m, fmt.Sprintf("%s runs query %s.", m.Name, m.Name), body)
}

// describe is declare with a comment.
func (a *adapter) describe(m source.Method, comment string, body []jen.Code) jen.Code {
	return jen.Comment(comment).Line().
		Func().Params(jen.Id("s").Op("*").Id("Store")).Id(m.Name).
		ParamsFunc(func(g *jen.Group) {
			for i, p := range m.Params {
				// Neighbours of one type share it, as people write them.
				if i+1 < len(m.Params) && m.Params[i+1].Type == p.Type {
					g.Id(local(p.Name))
					continue
				}
				g.Id(local(p.Name)).Add(a.typ(p.Type))
			}
		}).
		Do(func(st *jen.Statement) {
			var results []jen.Code
			for _, r := range m.Results {
				results = append(results, a.typ(r.Type))
			}
			if len(results) == 1 {
				st.Add(results[0])
				return
			}
			st.Params(results...)
		}).
		Block(body...)
}

// typ writes a type of the interface. Package model is the only one its types come from, next to
// the context.
func (a *adapter) typ(text string) *jen.Statement {
	if elem, ok := strings.CutPrefix(text, "*"); ok {
		return jen.Op("*").Add(a.typ(elem))
	}
	if elem, ok := strings.CutPrefix(text, "[]"); ok {
		return jen.Index().Add(a.typ(elem))
	}
	switch pkg, name, ok := strings.Cut(text, "."); {
	case ok && pkg == "model":
		return jen.Qual(a.in.ModelImport, name)
	case ok:
		return jen.Qual(pkg, name)
	}
	return jen.Id(text)
}

// converted writes a conversion between the two types of an id.
func (a *adapter) converted(typ string, value *jen.Statement) *jen.Statement {
	if strings.HasPrefix(typ, "*") {
		return jen.Parens(a.typ(typ)).Call(value)
	}
	return a.typ(typ).Call(value)
}

// fromRow writes the function that turns a row of sqlc into one of package model. Columns pair by
// position: sqlc's names depend on what else is called alike.
func (a *adapter) fromRow(t schema.Table) jen.Code {
	name := schema.GoName(t.Key)
	row := a.code.structs[name]
	if len(row) != len(t.Columns) {
		a.diags.Errorf(diag.Position{File: "schema.sql"}, CodeQuery,
			"sqlc sees %d columns in table %q, the schema has %d", len(row), t.Name, len(t.Columns))
		return jen.Null()
	}
	var members []jen.Code
	for i, c := range t.Columns {
		value := jen.Id("row").Dot(row[i].Name)
		if gotype.Stored(a.in.Dialect, c) != gotype.Of(c) {
			value = a.converted(gotype.Of(c).String(), value)
		}
		members = append(members, jen.Id(schema.GoName(c.Key)).Op(":").Add(value))
	}
	if len(t.OwnFields()) > 0 {
		return a.fromOwnRow(t, members)
	}
	return jen.Func().Id(converter(t)).Params(jen.Id("row").Qual(a.in.DBImport, name)).Op("*").Qual(a.in.ModelImport, name).
		Block(jen.Return(jen.Op("&").Qual(a.in.ModelImport, name).Add(literal(members))))
}

// converter names the function of fromRow: twoFactorFromRow.
func converter(t schema.Table) string { return lowerFirst(schema.GoName(t.Key)) + "FromRow" }

// literal writes the members of a struct one a line, in their order.
func literal(members []jen.Code) jen.Code {
	return jen.Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, members...)
}

// lowerFirst unexports a Go name, initialisms as a whole: APIKey → apiKey, Jwks → jwks.
func lowerFirst(name string) string {
	n := 0
	for n < len(name) && 'A' <= name[n] && name[n] <= 'Z' {
		n++
	}
	if n > 1 && n < len(name) {
		n-- // the last capital begins the next word
	}
	return strings.ToLower(name[:n]) + name[n:]
}

// local keeps a parameter from hiding a package or the receiver.
func local(name string) string {
	switch name {
	case "s", "db", "model", "translate", "_", "":
		return name + "Arg"
	}
	return name
}

// free returns the first name that no parameter of the method has.
func free(m source.Method, names ...string) string {
	for _, name := range names {
		if !slices.ContainsFunc(m.Params, func(p source.Param) bool { return p.Name == name }) {
			return name
		}
	}
	return names[0] + "Result"
}
