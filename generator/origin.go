package generator

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

// explain says of the errors of a type-check where both sides of them come from, and puts them at the line
// the user knows: the merged text is not on disk yet.
func (b *build) explain(diags diag.List) {
	actions := map[string]reconcile.Action{}
	for _, a := range b.plan.Files.Actions {
		actions[a.Path] = a
	}
	for i := range diags {
		d := &diags[i]
		if d.Severity != diag.Error || d.Suggestion != "" {
			continue
		}
		a := actions[d.Pos.File]
		mine := true // whose line it is
		if a.Writes() && a.Ours != nil {
			var line int
			if line, mine = merge.LineIn(a.Ours, a.Result, d.Pos.Line); !mine {
				d.Detail = strings.TrimPrefix(d.Detail+"\nthe new version brings: "+lineOf(a.Result, d.Pos.Line), "\n")
				d.Pos.Col = 0
			}
			d.Pos.Line = line
		} else if a.Kind == reconcile.Create {
			mine = false
		}
		if name := nameIn(d.Summary); name != "" {
			d.Suggestion = b.fate(name, mine)
		}
	}
}

// undeclared are the type checker's words for a name that is not there.
var undeclared = []*regexp.Regexp{
	regexp.MustCompile(`^undefined: (?:\w+\.)?(\w+)$`),
	regexp.MustCompile(`^\S+\.(\w+) undefined `),
	regexp.MustCompile(`^unknown field (\w+) in struct literal`),
	regexp.MustCompile(`missing method (\w+)`),
}

// nameIn returns the name that an error says is missing, or "".
func nameIn(summary string) string {
	for _, re := range undeclared {
		if m := re.FindStringSubmatch(summary); m != nil {
			return m[1]
		}
	}
	return ""
}

// fate says what has become of a name: who took it away, and what it is called now, if only the name changed.
// Packages may declare the same name, so each is looked at by itself.
func (b *build) fate(name string, mine bool) string {
	folders := map[string][]reconcile.Action{}
	for _, a := range b.plan.Files.Actions {
		if path.Ext(a.Path) == ".go" {
			folders[path.Dir(a.Path)] = append(folders[path.Dir(a.Path)], a)
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(folders)) {
		if text := fateIn(folders[dir], name, mine); text != "" {
			return text
		}
	}
	return ""
}

func fateIn(files []reconcile.Action, name string, mine bool) string {
	var before, ours, theirs, result names
	for _, a := range files {
		before.add(a.Base)
		ours.add(a.Ours)
		theirs.add(a.Theirs)
		result.add(a.Result)
	}
	if result.has(name) {
		return ""
	}
	switch {
	case mine && (before.has(name) || ours.has(name)) && !theirs.has(name):
		if now := theirs.renamed(name, before, ours); now != "" {
			return fmt.Sprintf("you use %s; the new version renamed it to %s", name, now)
		}
		return fmt.Sprintf("you use %s; the new version no longer has it", name)
	case !mine && deletedFrom(files, name) != "":
		file := deletedFrom(files, name)
		return fmt.Sprintf("the new version uses %s of %s, which you deleted; --restore %s brings it back", name, file, file)
	case !mine && before.has(name) && !ours.has(name):
		if now := ours.renamed(name, before, theirs); now != "" {
			return fmt.Sprintf("the new version uses %s, which you renamed to %s", name, now)
		}
		return fmt.Sprintf("the new version uses %s, which you removed; betterauth-gen diff --mine shows how it was", name)
	}
	return ""
}

// deletedFrom returns the file that the user deleted and that declares a name, or "".
func deletedFrom(files []reconcile.Action, name string) string {
	for _, a := range files {
		var declared names
		declared.add(a.Base)
		declared.add(a.Theirs)
		if a.Ours == nil && a.Result == nil && a.Theirs != nil && declared.has(name) {
			return a.Path
		}
	}
	return ""
}

// names are the declarations of a version by name, with their text.
type names map[string][]string

func (n *names) add(text []byte) {
	if *n == nil {
		*n = names{}
	}
	if text == nil {
		return
	}
	text = merge.Normalize(text)
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return
	}
	put := func(id *ast.Ident, node ast.Node) {
		lo, hi := fset.Position(node.Pos()).Offset, fset.Position(node.End()).Offset
		if lo < hi && hi <= len(text) {
			(*n)[id.Name] = append((*n)[id.Name], string(text[lo:hi]))
		}
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			put(d.Name, d)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					put(s.Name, s)
					putFields(s, put)
				case *ast.ValueSpec:
					for _, id := range s.Names {
						put(id, s)
					}
				}
			}
		}
	}
}

func putFields(s *ast.TypeSpec, put func(*ast.Ident, ast.Node)) {
	var list *ast.FieldList
	switch t := s.Type.(type) {
	case *ast.StructType:
		list = t.Fields
	case *ast.InterfaceType:
		list = t.Methods
	}
	if list == nil {
		return
	}
	for _, f := range list.List {
		for _, id := range f.Names {
			put(id, f)
		}
	}
}

func (n names) has(name string) bool { return len(n[name]) > 0 }

// renamed finds the one declaration that n has, and others do not, whose text is that of name but for the
// name itself.
func (n names) renamed(name string, others ...names) string {
	word := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`)
	var texts []string
	for _, o := range others {
		texts = append(texts, o[name]...)
	}
	found := ""
	for candidate, list := range n {
		known := slices.ContainsFunc(others, func(o names) bool { return o.has(candidate) })
		if known || !slices.ContainsFunc(texts, func(t string) bool { return slices.Contains(list, word.ReplaceAllString(t, candidate)) }) {
			continue
		}
		if found != "" {
			return ""
		}
		found = candidate
	}
	return found
}

func lineOf(text []byte, line int) string {
	lines := strings.Split(string(text), "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[line-1])
}
