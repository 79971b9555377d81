package check

import (
	"errors"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// Syntax parses the Go files among files, by path. It takes milliseconds and
// needs no toolchain, and so is what can be said everywhere and always.
func Syntax(files map[string][]byte) diag.List {
	var out diag.List
	for _, path := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(path, ".go") {
			continue
		}
		_, err := parser.ParseFile(token.NewFileSet(), path, files[path], parser.AllErrors|parser.SkipObjectResolution)
		for _, e := range scanErrors(err) {
			out.Errorf(diag.Position{File: path, Line: e.Pos.Line, Col: e.Pos.Column}, CodeSyntax, "%s", e.Msg)
		}
	}
	out.Sort()
	return out
}

func scanErrors(err error) scanner.ErrorList {
	var list scanner.ErrorList
	if err != nil && !errors.As(err, &list) {
		list.Add(token.Position{}, err.Error())
	}
	return list
}
