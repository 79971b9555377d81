package source

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

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// CodeNotLiteral marks a declaration whose arguments are not literals and cannot be read therefore.
const CodeNotLiteral = "BA041"

// CodeGoSyntax marks Go that does not parse.
const CodeGoSyntax = "BA040"

// Inspect reads the Go package in folder dir of fsys; its tests do not count. Positions name files as
// label/name, so that plugins with files of the same name can be told apart.
func Inspect(fsys fs.FS, dir, label string) (*Info, diag.List) {
	in := newInspector()
	in.read(in.parse(fsys, dir, label))
	return in.info, in.diags
}

func newInspector() *inspector {
	return &inspector{
		fset: token.NewFileSet(), info: &Info{},
		funcs: map[string]*ast.FuncDecl{}, seen: map[*ast.CallExpr]bool{},
	}
}

func (in *inspector) read(files []*ast.File) {
	for _, f := range files {
		in.declarations(f)
	}
	for _, f := range files {
		in.errorVars(f)
		ast.Inspect(f, in.visit)
	}
}

type inspector struct {
	fset  *token.FileSet
	info  *Info
	funcs map[string]*ast.FuncDecl // by name; methods shadow nothing: handlers are named once a package
	diags diag.List
	seen  map[*ast.CallExpr]bool // NewError calls of package variables
}

func (in *inspector) parse(fsys fs.FS, dir, label string) []*ast.File {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		in.diags.Errorf(diag.Position{File: label}, CodeGoSyntax, "%v", err)
		return nil
	}
	var files []*ast.File
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".go" || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		text, err := fs.ReadFile(fsys, path.Join(dir, e.Name()))
		if err == nil {
			var f *ast.File
			f, err = parser.ParseFile(in.fset, path.Join(label, e.Name()), text, parser.ParseComments|parser.SkipObjectResolution)
			files = append(files, f)
		}
		if err != nil {
			in.diags.Errorf(diag.Position{}, CodeGoSyntax, "%v", err)
			return nil
		}
	}
	return files
}

// declarations collects functions, func New and type Store.
func (in *inspector) declarations(f *ast.File) {
	in.info.Package = f.Name.Name
	in.imports(f)
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			in.funcs[d.Name.Name] = d
			if d.Recv == nil && d.Name.Name == "New" {
				in.info.New = params(d.Type.Params)
			}
		case *ast.GenDecl:
			in.storeType(d)
			in.cookies(d)
		}
	}
}

func (in *inspector) imports(f *ast.File) {
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if i, known := slices.BinarySearch(in.info.Imports, p); err == nil && !known {
			in.info.Imports = slices.Insert(in.info.Imports, i, p)
		}
	}
}

// cookies reads the names of cookies, which are constants whose own names end in Cookie.
func (in *inspector) cookies(d *ast.GenDecl) {
	if d.Tok != token.CONST {
		return
	}
	for _, s := range d.Specs {
		spec := s.(*ast.ValueSpec)
		for i, value := range spec.Values {
			if name, ok := stringLit(value); ok && strings.HasSuffix(spec.Names[i].Name, "Cookie") {
				in.info.Cookies = append(in.info.Cookies, name)
			}
		}
	}
}

func (in *inspector) storeType(d *ast.GenDecl) {
	for _, s := range d.Specs {
		spec, ok := s.(*ast.TypeSpec)
		if !ok || spec.Name.Name != "Store" {
			continue
		}
		if store, ok := spec.Type.(*ast.InterfaceType); ok {
			in.storeMethods(store)
		}
	}
}

func (in *inspector) storeMethods(store *ast.InterfaceType) {
	for _, field := range store.Methods.List {
		fn, ok := field.Type.(*ast.FuncType)
		if !ok || len(field.Names) == 0 {
			in.notLiteral(field, "Store embeds another interface, list its methods instead")
			continue
		}
		in.info.Store = append(in.info.Store, in.method(field, fn))
	}
}

func (in *inspector) method(field *ast.Field, fn *ast.FuncType) Method {
	return Method{
		Name: field.Names[0].Name, Doc: text(field.Doc),
		Params: params(fn.Params), Results: params(fn.Results), Pos: in.pos(field),
	}
}

// errorVars reads errors that are package variables. Those must be literal, because they are the
// documented ones.
func (in *inspector) errorVars(f *ast.File) {
	for _, d := range f.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		for _, s := range gen.Specs {
			spec := s.(*ast.ValueSpec)
			for i, value := range spec.Values {
				if call, ok := value.(*ast.CallExpr); ok && called(call) == "NewError" {
					in.seen[call] = true
					in.errorCode(call, spec.Names[i].Name, true)
				}
			}
		}
	}
}

// visit reads the calls and the hooks that occur anywhere.
func (in *inspector) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		in.call(n)
	case *ast.CompositeLit:
		if typeName(n.Type) == "Hooks" {
			in.hooks(n)
		}
	}
	return true
}

func (in *inspector) call(call *ast.CallExpr) {
	switch called(call) {
	case "Handle":
		in.endpoint(call)
	case "LimitPrefix":
		in.limit(call)
	case "NewError":
		if !in.seen[call] {
			in.errorCode(call, "", false)
		}
	}
}

// endpoint reads Handle(a, "POST /path", a.Method, options...).
func (in *inspector) endpoint(call *ast.CallExpr) {
	if len(call.Args) < 3 {
		return // http.ServeMux has a Handle too
	}
	pattern, ok := stringLit(call.Args[1])
	methods, route, cut := strings.Cut(pattern, " ")
	if !ok || !cut || !strings.HasPrefix(route, "/") {
		in.notLiteral(call, `the pattern of Handle must be a literal like "POST /sign-in/email"`)
		return
	}
	handler, ok := call.Args[2].(*ast.SelectorExpr)
	if !ok {
		in.notLiteral(call, "the endpoint of Handle must be a method")
		return
	}
	e := Endpoint{Methods: strings.Split(methods, "|"), Path: route, Handler: handler.Sel.Name, Pos: in.pos(call)}
	for _, option := range call.Args[3:] {
		e.Options = append(e.Options, typeName(option))
	}
	in.signature(&e)
	in.info.Endpoints = append(in.info.Endpoints, e)
}

// signature adds what the declaration of the handler says: func(ctx, call, in) (out, error).
func (in *inspector) signature(e *Endpoint) {
	fn := in.funcs[e.Handler]
	if fn == nil {
		return
	}
	e.Doc = text(fn.Doc)
	if p := params(fn.Type.Params); len(p) > 2 {
		e.In = p[2].Type
	}
	if r := params(fn.Type.Results); len(r) > 1 {
		e.Out = r[0].Type
	}
}

// limit reads a.LimitPrefix("/two-factor/", 3, 10*time.Second).
func (in *inspector) limit(call *ast.CallExpr) {
	if len(call.Args) != 3 {
		return
	}
	prefix, ok1 := stringLit(call.Args[0])
	max, ok2 := intLit(call.Args[1])
	window, ok3 := durationLit(call.Args[2])
	if !ok1 || !ok2 || !ok3 {
		in.notLiteral(call, `the arguments of LimitPrefix must be literals like "/two-factor/", 3, 10*time.Second`)
		return
	}
	in.info.Limits = append(in.info.Limits, Limit{Prefix: prefix, Max: max, Window: window, Pos: in.pos(call)})
}

// errorCode reads NewError(400, "CODE", "message").
func (in *inspector) errorCode(call *ast.CallExpr, name string, strict bool) {
	if len(call.Args) != 3 {
		return
	}
	status, ok1 := intLit(call.Args[0])
	code, ok2 := stringLit(call.Args[1])
	message, ok3 := stringLit(call.Args[2])
	if ok1 && ok2 && ok3 {
		in.info.Errors = append(in.info.Errors, ErrorCode{Name: name, Status: status, Code: code, Message: message, Pos: in.pos(call)})
	} else if strict {
		in.notLiteral(call, `the arguments of NewError must be literals like 400, "INVALID_CODE", "Invalid code"`)
	}
}

func (in *inspector) hooks(lit *ast.CompositeLit) {
	for _, element := range lit.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			in.notLiteral(element, "Hooks must be written with member names")
			continue
		}
		if key, ok := pair.Key.(*ast.Ident); ok {
			in.info.Hooks = append(in.info.Hooks, Hook{Name: key.Name, Pos: in.pos(pair)})
		}
	}
}

func (in *inspector) pos(n ast.Node) diag.Position {
	p := in.fset.Position(n.Pos())
	return diag.Position{File: p.Filename, Line: p.Line, Col: p.Column}
}

func (in *inspector) notLiteral(n ast.Node, format string, args ...any) {
	in.diags.Errorf(in.pos(n), CodeNotLiteral, "%s", fmt.Sprintf(format, args...))
}
