package query

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"strconv"
)

// code is what sqlc wrote, as far as checks and adapters need it.
type code struct {
	structs map[string][]field
	queries map[string]goQuery
}

// field is a struct field or a parameter. Type is Go source.
type field struct{ Name, Type string }

// goQuery is the method of one query.
type goQuery struct {
	Name    string
	SQL     string
	Params  []field  // without the context
	Results []string // without the error
	Args    int      // values passed for the placeholders; -1 when they are only known at run time
}

// parseCode reads the Go files of package db.
func parseCode(files map[string][]byte) (*code, error) {
	c := &code{structs: map[string][]field{}, queries: map[string]goQuery{}}
	fset := token.NewFileSet()
	for _, name := range sortedKeys(files) {
		if path.Ext(name) != ".go" {
			continue
		}
		f, err := parser.ParseFile(fset, name, files[name], parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("output of sqlc: %w", err)
		}
		c.add(f)
	}
	return c, nil
}

func (c *code) add(f *ast.File) {
	texts := map[string]string{}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			c.addSpecs(d, texts)
		case *ast.FuncDecl:
			if text, name, args := queryCall(d, texts); name != "" {
				c.queries[d.Name.Name] = goQuery{
					Name: d.Name.Name, SQL: text, Args: args,
					Params: fields(d.Type.Params)[1:], Results: results(d.Type.Results),
				}
			}
		}
	}
}

func (c *code) addSpecs(d *ast.GenDecl, texts map[string]string) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if s, ok := spec.Type.(*ast.StructType); ok {
				c.structs[spec.Name.Name] = fields(s.Fields)
			}
		case *ast.ValueSpec:
			if d.Tok == token.CONST && len(spec.Values) == 1 {
				texts[spec.Names[0].Name] = constant(spec.Values[0])
			}
		}
	}
}

// constant joins the parts of a string constant: sqlc breaks it up at every backquote.
func constant(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return constant(e.X) + constant(e.Y)
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return text
	}
	return ""
}

// queryCall finds the call that hands the SQL constant to the database, with the values after it.
func queryCall(d *ast.FuncDecl, texts map[string]string) (text, name string, args int) {
	if d.Recv == nil || d.Body == nil {
		return "", "", 0
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		for i, a := range call.Args {
			id, ok := a.(*ast.Ident)
			if !ok {
				continue
			}
			if sql, known := texts[id.Name]; known {
				text, name, args = sql, id.Name, len(call.Args)-i-1
			}
			// A list of unknown length goes through a variable.
			if id.Name == "query" && call.Ellipsis.IsValid() {
				args = -1
			}
		}
		return true
	})
	return text, name, args
}

func fields(list *ast.FieldList) []field {
	var all []field
	for _, f := range list.List {
		for _, name := range f.Names {
			all = append(all, field{name.Name, types.ExprString(f.Type)})
		}
	}
	return all
}

// results returns the result types but the error, which is last.
func results(list *ast.FieldList) []string {
	var all []string
	for _, f := range list.List {
		all = append(all, types.ExprString(f.Type))
	}
	return all[:len(all)-1]
}
