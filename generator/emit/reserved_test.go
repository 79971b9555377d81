package emit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/emit"
	"github.com/betterauth-gen/betterauth-gen/generator/gotype"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// A field with the name of a method would be two declarations of one name in the user's code. What the emitted types
// have is read from what is emitted.
func TestFieldsCannotBeCalledAsMethods(t *testing.T) {
	s := schema.Core()
	for i := range s.Tables {
		s.Tables[i].Columns = append(s.Tables[i].Columns, schema.Column{Key: "extra", Name: "extra", Type: schema.String, Input: true})
	}
	text, err := emit.Model(s, schema.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range s.Tables {
		names := declaredNames(t, text, schema.GoName(table.Key))
		reserved := append(gotype.Taken(table.Key), gotype.TakenByFunctions(table.Key)...)
		for _, name := range reserved {
			if !slices.Contains(names, name) {
				t.Errorf("%s: %s is reserved for nothing", table.Key, name)
			}
		}
		for _, name := range names {
			key := strings.ToLower(name[:1]) + name[1:]
			_, diags := config.Load(config.FileName, []byte(table.Key+":\n  additionalFields:\n    "+key+": {type: string, required: false}\n"), nil)
			if len(diags) != 1 || !strings.Contains(diags[0].String(), "betterauth.yaml:3:5: error: "+table.Key+".additionalFields."+key+": the name is reserved") {
				t.Errorf("%s.%s: got %v", table.Key, key, diags)
			}
		}
	}
}

// declaredNames lists the methods and embedded fields of the types that have a field for each column of a row.
func declaredNames(t *testing.T, text []byte, row string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "model_gen.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	types := []string{row, row + "Input", "Stored" + row, row + "Fields"}
	var names []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil {
				break
			}
			receiver := n.Recv.List[0].Type
			if star, ok := receiver.(*ast.StarExpr); ok {
				receiver = star.X
			}
			if of, ok := receiver.(*ast.Ident); ok && slices.Contains(types, of.Name) {
				names = append(names, n.Name.Name)
			}
		case *ast.TypeSpec:
			if of, ok := n.Type.(*ast.StructType); ok && slices.Contains(types, n.Name.Name) {
				for _, field := range of.Fields.List {
					if embedded, ok := field.Type.(*ast.Ident); ok && len(field.Names) == 0 {
						names = append(names, embedded.Name)
					}
				}
			}
		}
		return true
	})
	if len(names) == 0 {
		t.Fatalf("%s has no method", row)
	}
	return names
}
