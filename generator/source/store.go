package source

import (
	"go/ast"
	"go/parser"
	"maps"
	"regexp"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// StoreMethods returns the methods of type Store interface of a package, given its files by path, with those
// of interfaces of the package that it embeds. Only the files that declare them are parsed.
func StoreMethods(files map[string][]byte) ([]Method, diag.List) {
	r := storeReader{inspector: newInspector(), files: files, seen: map[string]bool{}}
	r.read("Store")
	return r.info.Store, r.diags
}

type storeReader struct {
	*inspector
	files map[string][]byte
	seen  map[string]bool // names of interfaces
}

// read adds the methods of the interface called name, and reports whether there is one.
func (r *storeReader) read(name string) bool {
	if r.seen[name] {
		return true
	}
	r.seen[name] = true
	declared := regexp.MustCompile(`\b` + name + `\s+interface\b`)
	for _, file := range slices.Sorted(maps.Keys(r.files)) {
		if !declared.Match(r.files[file]) {
			continue
		}
		f, err := parser.ParseFile(r.fset, file, r.files[file], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			r.diags.Errorf(diag.Position{File: file}, CodeGoSyntax, "%v", err)
			continue
		}
		if found := interfaceIn(f, name); found != nil {
			r.methods(found)
			return true
		}
	}
	return false
}

func (r *storeReader) methods(store *ast.InterfaceType) {
	for _, field := range store.Methods.List {
		if fn, ok := field.Type.(*ast.FuncType); ok && len(field.Names) > 0 {
			r.info.Store = append(r.info.Store, r.method(field, fn))
			continue
		}
		if embedded, ok := field.Type.(*ast.Ident); !ok || !r.read(embedded.Name) {
			r.notLiteral(field, "Store can only embed interfaces of its own package; list the methods instead")
		}
	}
}

// interfaceIn returns the interface that f declares under a name, or nil.
func interfaceIn(f *ast.File, name string) *ast.InterfaceType {
	for _, d := range f.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range gen.Specs {
			if spec, ok := s.(*ast.TypeSpec); ok && spec.Name.Name == name {
				if found, ok := spec.Type.(*ast.InterfaceType); ok {
					return found
				}
			}
		}
	}
	return nil
}
