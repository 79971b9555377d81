package source

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Imports maps import paths of the reference code to those of the emitted code. A key covers the
// paths below it, too; the longest key wins.
type Imports map[string]string

// Rewrite returns the import path that takes the place of p; false when it stays.
func (m Imports) Rewrite(p string) (string, bool) {
	best := ""
	for from := range m {
		if (p == from || strings.HasPrefix(p, from+"/")) && len(from) > len(best) {
			best = from
		}
	}
	if best == "" {
		return p, false
	}
	return m[best] + strings.TrimPrefix(p, best), true
}

// Specialise turns a file of the reference application into one of the user's: its imports lead to
// the user's packages. The text is edited in place, so that everything else, comments and layout
// included, stays what was written, compiled and tested here.
func Specialise(name string, text []byte, imports Imports) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("reference code: %w", err)
	}
	end := fset.Position(file.Name.End()).Offset
	for _, decl := range file.Decls {
		end = fset.Position(decl.End()).Offset
	}
	head := slices.Clone(text[:end])
	for _, spec := range slices.Backward(file.Imports) {
		start, end, replacement, ok := rewriteSpec(fset, spec, imports)
		if ok {
			head = slices.Replace(head, start, end, []byte(replacement)...)
		}
	}
	// Only the imports can be in another order now; the rest is as gofmt has it.
	if head, err = format.Source(head); err != nil {
		return nil, fmt.Errorf("reference code %s: %w", name, err)
	}
	return append(bytes.TrimRight(head, "\n"), text[end:]...), nil
}

// rewriteSpec returns the bytes of an import to replace. A name that only repeats the last element of
// the new path is left out, as a person would.
func rewriteSpec(fset *token.FileSet, spec *ast.ImportSpec, imports Imports) (start, end int, replacement string, ok bool) {
	old, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return 0, 0, "", false
	}
	target, ok := imports.Rewrite(old)
	replacement = strconv.Quote(target)
	if spec.Name != nil && spec.Name.Name != path.Base(target) {
		replacement = spec.Name.Name + " " + replacement
	}
	return fset.Position(spec.Pos()).Offset, fset.Position(spec.End()).Offset, replacement, ok
}
