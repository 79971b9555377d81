package source

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Without returns the names of the Go files that are left of the package in folder dir when some are
// taken away: all others, but for the tests that use what goes.
func Without(fsys fs.FS, dir string, gone []string) ([]string, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var left []partOfPackage
	missing := map[string]bool{} // names of declarations that are gone
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		p, err := readPart(path.Base(name), text)
		if err != nil {
			return nil, fmt.Errorf("reference code: %w", err)
		}
		if slices.Contains(gone, p.name) {
			p.leave(missing)
		} else {
			left = append(left, p)
		}
	}
	for {
		before := len(left)
		left = slices.DeleteFunc(left, func(p partOfPackage) bool {
			goes := strings.HasSuffix(p.name, "_test.go") && p.needs(missing)
			if goes {
				p.leave(missing)
			}
			return goes
		})
		if len(left) == before {
			break
		}
	}
	out := make([]string, len(left))
	for i, p := range left {
		out[i] = p.name
	}
	return out, nil
}

// partOfPackage is one file: what it declares for the others, and what it uses of them.
type partOfPackage struct {
	name           string
	declares, uses []string
}

func (p partOfPackage) needs(missing map[string]bool) bool {
	return slices.ContainsFunc(p.uses, func(name string) bool { return missing[name] })
}

func (p partOfPackage) leave(missing map[string]bool) {
	for _, name := range p.declares {
		missing[name] = true
	}
}

func readPart(name string, text []byte) (partOfPackage, error) {
	p := partOfPackage{name: name}
	f, err := parser.ParseFile(token.NewFileSet(), name, text, 0) // resolves what is declared in the file itself
	if err != nil {
		return p, err
	}
	for declared := range f.Scope.Objects {
		p.declares = append(p.declares, declared)
	}
	for _, id := range f.Unresolved {
		p.uses = append(p.uses, id.Name)
	}
	pkg := strings.TrimSuffix(f.Name.Name, "_test") // tests outside of the package say social.Google
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == pkg {
				p.uses = append(p.uses, s.Sel.Name)
			}
		}
		return true
	})
	return p, nil
}
