package advisory

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// State is what a probe found.
type State string

// The states. Code that cannot be judged counts as flawed until somebody has looked.
const (
	Fixed   State = "fixed"
	Open    State = "open"    // the flaw is there
	Unknown State = "unknown" // the declaration is not where it was emitted: renamed, moved away, or unreadable
	Absent  State = "absent"  // the code the flaw was in is not part of this project
)

// Finding is the state of one advisory, and where: Path and Line of the declaration, as far as known.
type Finding struct {
	Advisory
	State State
	Path  string
	Line  int
}

// Outstanding reports that somebody has to do something.
func (f Finding) Outstanding() bool { return f.State == Open || f.State == Unknown }

// Project is the code to look at.
type Project struct {
	// Import is the import path of the folder of the code.
	Import string
	// Package returns the Go files in a folder relative to that of the code by their paths, without tests.
	Package func(dir string) (map[string][]byte, error)
	// Emitted returns the path of a file relative to the folder of the code, if it was emitted here.
	Emitted func(file string) (string, bool)
}

// Look evaluates the probe of a.
func (p Project) Look(a Advisory) (Finding, error) {
	files, err := p.Package(a.Probe.Package)
	if err != nil {
		return Finding{}, err
	}
	f := Finding{Advisory: a, State: Absent}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, d := range declarations(files[name], a.Probe.Declaration) {
			if f.State == Open {
				break // one flawed variant, say of a platform, is enough
			}
			f.State, f.Path, f.Line = Fixed, name, d.line
			if !a.Probe.holds(d, p.Import) {
				f.State = Open
			}
		}
	}
	if f.State != Absent {
		return f, nil
	}
	for _, file := range a.Files {
		if where, ok := p.Emitted(file); ok {
			f.State, f.Path = Unknown, where
			break
		}
	}
	return f, nil
}

// holds reports that a declaration mentions what it must and nothing that it must not.
func (p Probe) holds(d declaration, root string) bool {
	mentioned := func(name string) bool {
		if rest, ours := strings.CutPrefix(name, "./"); ours {
			name = root + "/" + rest
		}
		return d.names[name]
	}
	return !slices.ContainsFunc(p.Uses, func(n string) bool { return !mentioned(n) }) && !slices.ContainsFunc(p.Avoids, mentioned)
}

// declaration is what a declaration mentions, in the notation of Probe.
type declaration struct {
	line  int
	names map[string]bool
}

// declarations finds a name in a file, which is more than once at most in a file that does not compile. Of a
// file that does not parse, one with conflict markers for example, nothing is believed.
func declarations(text []byte, name string) []declaration {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	imports := importNames(f)
	var out []declaration
	add := func(node ast.Node) {
		out = append(out, declaration{fset.Position(node.Pos()).Line, mentions(node, imports)})
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if functionName(d) == name {
				add(d)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if declares(s, name) {
					add(s)
				}
			}
		}
	}
	return out
}

func declares(s ast.Spec, name string) bool {
	switch s := s.(type) {
	case *ast.TypeSpec:
		return s.Name.Name == name
	case *ast.ValueSpec:
		return slices.ContainsFunc(s.Names, func(id *ast.Ident) bool { return id.Name == name })
	}
	return false
}

// functionName is "Name" or, whether the receiver is a pointer or not, "Type.Name".
func functionName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	typ := d.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			typ = t.X
		case *ast.ParenExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			return t.Name + "." + d.Name.Name
		default:
			return d.Name.Name
		}
	}
}

// mentions collects the names below node. It does not know types: a local variable may have the name of a
// function of the package, so probes are best made of names that are used for one thing.
func mentions(node ast.Node, imports map[string]string) map[string]bool {
	out := map[string]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && imports[x.Name] != "" {
				out[imports[x.Name]+"."+n.Sel.Name] = true
				return false
			}
			out["."+n.Sel.Name] = true
			maps.Copy(out, mentions(n.X, imports))
			return false
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok {
				out["."+key.Name] = true
			}
		case *ast.Ident:
			out[n.Name] = true
		}
		return true
	})
	return out
}

// importNames maps the names of a file's imports to their paths.
func importNames(f *ast.File) map[string]string {
	out := map[string]string{}
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(p)
		if majorVersion.MatchString(name) {
			name = path.Base(path.Dir(p))
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		out[name] = p
	}
	return out
}

// majorVersion is the last element of an import path that names no package.
var majorVersion = regexp.MustCompile(`^v[0-9]+$`)
