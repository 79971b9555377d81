package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// declared is what the file of a provider says about it.
type declared struct {
	id          string // value of const googleID
	file        string // google.go
	constructor string // Google
	options     string // GoogleOptions
	defaults    string // DefaultGoogleOptions, or ""
}

// scan returns the providers in a folder, in the order of their ids.
func scan(fsys fs.FS, dir string) ([]declared, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var out []declared
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		d, err := read(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if d != nil {
			d.file = path.Base(name)
			out = append(out, *d)
		}
	}
	slices.SortFunc(out, func(a, b declared) int { return strings.Compare(a.id, b.id) })
	for i := range out[min(1, len(out)):] {
		if out[i].id == out[i+1].id {
			return nil, fmt.Errorf("%s and %s are both %q", out[i].file, out[i+1].file, out[i].id)
		}
	}
	return out, nil
}

// read returns the provider a file declares: a constructor, the constant with its id and perhaps a
// function that returns the default options. Nil: the file is shared by providers.
func read(f *ast.File) (*declared, error) {
	funcs := map[string]bool{}
	var d *declared
	for _, decl := range f.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Recv != nil {
			continue
		}
		funcs[fn.Name.Name] = true
		options, ok := constructs(fn)
		switch {
		case !ok:
		case d != nil:
			return nil, fmt.Errorf("%s and %s: want one provider a file", d.constructor, fn.Name.Name)
		default:
			d = &declared{constructor: fn.Name.Name, options: options}
		}
	}
	if d == nil {
		return nil, nil
	}
	if name := "Default" + d.options; funcs[name] {
		d.defaults = name
	}
	if d.id = constant(f, d.constructor+"ID"); d.id == "" {
		return nil, fmt.Errorf("no constant with the id of %s", d.constructor)
	}
	return d, nil
}

// constructs reports whether fn is func(o GoogleOptions, f Funcs) core.Provider, and the name of its options.
func constructs(fn *ast.FuncDecl) (options string, ok bool) {
	if !fn.Name.IsExported() || fn.Type.Results == nil || len(fn.Type.Results.List) != 1 || len(fn.Type.Params.List) != 2 {
		return "", false
	}
	first, ok1 := fn.Type.Params.List[0].Type.(*ast.Ident)
	second, ok2 := fn.Type.Params.List[1].Type.(*ast.Ident)
	result, ok3 := fn.Type.Results.List[0].Type.(*ast.SelectorExpr)
	if !ok1 || !ok2 || !ok3 || second.Name != "Funcs" || result.Sel.Name != "Provider" {
		return "", false
	}
	return first.Name, strings.HasSuffix(first.Name, "Options")
}

// constant returns the text of the constant of that name, whose case does not matter: Google has googleID.
func constant(f *ast.File, name string) string {
	for _, decl := range f.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, s := range gen.Specs {
			spec := s.(*ast.ValueSpec)
			for i, n := range spec.Names {
				if i < len(spec.Values) && strings.EqualFold(n.Name, name) {
					return literal(spec.Values[i])
				}
			}
		}
	}
	return ""
}

func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok {
		return ""
	}
	text, _ := strconv.Unquote(lit.Value)
	return text
}
