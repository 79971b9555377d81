package generator_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/betterauth-gen/betterauth-gen/generator/merge"
)

// checker type-checks one package, again and again. What it imports is loaded once, and what nobody
// edited is parsed once.
type checker struct {
	deps     types.Importer
	path     string
	fset     *token.FileSet
	pristine map[parsedAs]*ast.File
}

// parsedAs is what a parsed file depends on.
type parsedAs struct{ name, text string }

// loaded are packages by their path.
type loaded map[string]*types.Package

func (l loaded) Import(path string) (*types.Package, error) {
	if p := l[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("package %s is not loaded", path)
}

// loadTypes loads packages and everything they import.
func loadTypes(t *testing.T, dir string, patterns ...string) loaded {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Dir: dir, Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedTypes}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	out := loaded{"unsafe": types.Unsafe}
	packages.Visit(pkgs, nil, func(p *packages.Package) { out[p.PkgPath] = p.Types })
	return out
}

func newChecker(t *testing.T, path string, deps types.Importer, texts map[string][]byte) *checker {
	t.Helper()
	c := &checker{deps: deps, path: path, fset: token.NewFileSet(), pristine: map[parsedAs]*ast.File{}}
	var err error
	for name, text := range texts {
		if c.pristine[parsedAs{name, string(text)}], err = parser.ParseFile(c.fset, name, text, parser.SkipObjectResolution); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// script is a checker for the texts of one script. What it parses goes with it.
func (c *checker) script() *scriptChecker {
	return &scriptChecker{checker: c, parsed: map[parsedAs]*ast.File{}}
}

type scriptChecker struct {
	*checker
	parsed map[parsedAs]*ast.File
}

func (c *scriptChecker) parse(name string, text []byte) (*ast.File, error) {
	as := parsedAs{name, string(text)}
	if f := c.pristine[as]; f != nil {
		return f, nil
	}
	if f := c.parsed[as]; f != nil {
		return f, nil
	}
	f, err := parser.ParseFile(c.fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	c.parsed[as] = f
	return f, nil
}

// done lets go of what was parsed.
func (c *scriptChecker) done() {
	for _, f := range c.parsed {
		c.fset.RemoveFile(c.fset.File(f.FileStart))
	}
}

// parses reports that every file can be read.
func (c *scriptChecker) parses(files map[string][]byte) bool {
	for name, text := range files {
		if _, err := c.parse(name, text); err != nil {
			return false
		}
	}
	return true
}

// types type-checks a package.
func (c *scriptChecker) types(files map[string][]byte) error {
	var list []*ast.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if merge.HasMarkers(files[name]) {
			return fmt.Errorf("%s has markers", name)
		}
		f, err := c.parse(name, files[name])
		if err != nil {
			return err
		}
		list = append(list, f)
	}
	_, err := (&types.Config{Importer: c.deps}).Check(c.path, c.fset, list, nil)
	return err
}

// lost are declarations of one side that are nowhere any more, though the other side did not take them
// away.
func (c *scriptChecker) lost(side, base, other, got map[string][]byte) []string {
	before, elsewhere, left := c.declared(base), c.declared(other), c.declared(got)
	var lost []string
	for name := range c.declared(side) {
		if !left[name] && (!before[name] || elsewhere[name]) {
			lost = append(lost, name)
		}
	}
	slices.Sort(lost)
	return lost
}

// declared are the functions, methods and types of a package; a file that does not parse has none.
func (c *scriptChecker) declared(files map[string][]byte) map[string]bool {
	out := map[string]bool{}
	for name, text := range files {
		f, err := c.parse(name, text)
		if err != nil {
			continue
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				out[types.ExprString(receiverOf(d))+"."+d.Name.Name] = true
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if s, ok := s.(*ast.TypeSpec); ok {
						out[s.Name.Name] = true
					}
				}
			}
		}
	}
	return out
}

// receiverOf is the type of a method's receiver.
func receiverOf(d *ast.FuncDecl) ast.Expr {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ast.NewIdent("")
	}
	return d.Recv.List[0].Type
}
