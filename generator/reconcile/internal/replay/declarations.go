package replay

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"strings"
)

// source is a Go file as what it declares. It is read otherwise than package merge reads files, so that a
// mistake there does not hide itself.
type source struct {
	decls map[string]string // text without layout, comments before it included
	names map[string]bool   // of functions, methods, types, variables and constants
	lines map[string]int    // how often each line is there, without indentation; imports are left out
}

// reader reads files, each text once.
type reader map[string]readFile

type readFile struct {
	source
	ok bool
}

// read reads a file. It is not ok when the file does not parse; of one that does not exist there is nothing.
func (r reader) read(text []byte) (source, bool) {
	f, known := r[string(text)]
	if !known {
		f.source, f.ok = read(text)
		r[string(text)] = f
	}
	return f.source, f.ok
}

func read(text []byte) (s source, ok bool) {
	s = source{map[string]string{}, map[string]bool{}, map[string]int{}}
	if text == nil {
		return s, true
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", text, parser.SkipObjectResolution)
	if err != nil {
		return s, false
	}
	at := fset.Position(f.Name.End()).Offset
	for _, d := range f.Decls {
		end := fset.Position(d.End()).Offset
		if eol := strings.IndexByte(string(text[end:]), '\n'); eol >= 0 {
			end += eol
		}
		if g, isGen := d.(*ast.GenDecl); !isGen || g.Tok != token.IMPORT {
			s.add(d, string(text[at:end]))
		}
		at = end
	}
	s.count(string(text[at:]))
	return s, true
}

func (s source) add(d ast.Decl, text string) {
	names := namesIn(d)
	for _, n := range names {
		s.names[n] = true
	}
	bare := strings.Join(strings.Fields(text), " ")
	key := "_ " + bare
	if len(names) > 0 {
		key = names[0]
	}
	for n := 2; s.decls[key] != ""; n++ {
		key = fmt.Sprintf("%s #%d", strings.TrimSuffix(key, fmt.Sprintf(" #%d", n-1)), n)
	}
	s.decls[key] = bare
	s.count(text)
}

func (s source) count(text string) {
	for l := range strings.SplitSeq(text, "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			s.lines[l]++
		}
	}
}

func namesIn(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil || len(d.Recv.List) == 0 {
			return []string{d.Name.Name}
		}
		receiver := strings.TrimPrefix(types.ExprString(d.Recv.List[0].Type), "*")
		return []string{receiver + "." + d.Name.Name}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					if n.Name != "_" {
						names = append(names, n.Name)
					}
				}
			}
		}
	}
	return names
}

// readAll reads the files of a folder as one. Of its declarations only the names count.
func (r reader) readAll(files map[string][]byte) source {
	all := source{map[string]string{}, map[string]bool{}, map[string]int{}}
	for _, text := range files {
		s, _ := r.read(text)
		maps.Copy(all.names, s.names)
		for l, n := range s.lines {
			all.lines[l] += n
		}
	}
	return all
}
