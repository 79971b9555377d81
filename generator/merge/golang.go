package merge

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"sync"
)

// parseGo cuts a Go file. It is not ok for files that do not parse, use cgo or
// have two declarations on one line: these are merged by line or not at all.
func parseGo(name string, src []byte) (*document, bool) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, parser.ParseComments)
	if err != nil {
		return nil, false
	}
	g := goFile{src: src, file: fset.File(f.FileStart), comments: f.Comments}
	doc := &document{path: name, space: "package " + f.Name.Name}
	doc.src, doc.layout = src, sync.OnceValue(func() []byte { return printed(fset, f) })
	at, ok := g.lineEnd(f.Name.End())
	if !ok {
		return nil, false
	}
	decls := f.Decls
	for len(decls) > 0 && isImport(decls[0]) {
		decls = decls[1:]
	}
	if imports := f.Decls[:len(f.Decls)-len(decls)]; len(imports) > 0 {
		at = g.start(imports[0])
		var end int
		if end, ok = g.lineEnd(imports[len(imports)-1].End()); !ok {
			return nil, false
		}
		if doc.imports, ok = parseImports(src[at:end]); !ok {
			return nil, false
		}
		doc.imports.line = g.lineAt(at)
		doc.head = g.piece(0, at)
		at = end
	} else {
		doc.head = g.piece(0, at)
	}
	keys := make(map[string]bool, len(decls))
	doc.chunks = make([]chunk, 0, len(decls))
	for _, d := range decls {
		end, ok := g.lineEnd(d.End())
		if !ok || g.start(d) < at {
			return nil, false
		}
		c := g.piece(at, end)
		describe(&c, d, g.text(d))
		for _, name := range c.names {
			if keys[name] {
				return nil, false
			}
			keys[name] = true
		}
		doc.chunks = append(doc.chunks, c)
		at = end
	}
	doc.tail = g.piece(at, len(src))
	number(doc.chunks)
	doc.imports.used = sync.OnceValue(func() map[string]bool { return freeNames(f) })
	return doc, true
}

func isImport(d ast.Decl) bool {
	g, ok := d.(*ast.GenDecl)
	return ok && g.Tok == token.IMPORT
}

// goFile finds places in a parsed file. Places are byte offsets; //line
// comments do not matter.
type goFile struct {
	src      []byte
	file     *token.File
	comments []*ast.CommentGroup
}

func (g goFile) lineAt(at int) int { return 1 + bytes.Count(g.src[:at], []byte("\n")) }

func (g goFile) piece(lo, hi int) chunk { return chunk{text: g.src[lo:hi], line: g.lineAt(lo)} }

func (g goFile) text(n ast.Node) []byte {
	return g.src[g.file.Offset(n.Pos()):g.file.Offset(n.End())]
}

// start is where the line begins on which a declaration begins with its doc
// comment.
func (g goFile) start(n ast.Node) int {
	pos := n.Pos()
	var doc *ast.CommentGroup
	switch n := n.(type) {
	case *ast.FuncDecl:
		doc = n.Doc
	case *ast.GenDecl:
		doc = n.Doc
	case *ast.Field:
		doc = n.Doc
	}
	if doc != nil {
		pos = doc.Pos()
	}
	at := g.file.Offset(pos)
	return bytes.LastIndexByte(g.src[:at], '\n') + 1
}

// lineEnd returns the end of the line pos is on, with comments that begin
// there. It is not ok when anything else follows.
func (g goFile) lineEnd(pos token.Pos) (int, bool) {
	at := g.file.Offset(pos)
	for {
		rest := g.src[at:]
		eol := bytes.IndexByte(rest, '\n')
		if eol < 0 {
			eol = len(rest)
		}
		gap := strings.TrimLeft(string(rest[:eol]), " \t;")
		if gap == "" {
			return min(at+eol+1, len(g.src)), true
		}
		next := g.commentAt(at + eol - len(gap))
		if next < 0 {
			return 0, false
		}
		at = next
	}
}

// commentAt returns the end of the comment that begins at a place, or -1.
func (g goFile) commentAt(at int) int {
	for _, group := range g.comments {
		for _, c := range group.List {
			if g.file.Offset(c.Pos()) == at {
				return g.file.Offset(c.End())
			}
		}
	}
	return -1
}

// describe says what a declaration declares and by what it is known.
func describe(c *chunk, d ast.Decl, text []byte) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		switch {
		case d.Recv != nil && len(d.Recv.List) > 0:
			c.name = receiver(d.Recv.List[0].Type) + "." + name
			c.key = "method " + c.name
			c.names = []string{c.key}
			c.stays = name == "_"
		case name == "init" || name == "_":
			c.key, c.name, c.stays = "func "+name, "func "+name, true
		default:
			c.key, c.name, c.names = "func "+name, "func "+name, []string{name}
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			c.names = append(c.names, declared(s)...)
		}
		c.solid = solid(d)
		if len(c.names) > 0 {
			c.name = d.Tok.String() + " " + c.names[0]
			c.key = c.name
			return
		}
		c.name = d.Tok.String() + " _"
		c.key, c.stays = c.name+" "+canonical(text), true
	}
}

// number tells chunks of one key apart by their order: several init functions,
// assertions of the same text.
func number(chunks []chunk) {
	seen := map[string]int{}
	for i := range chunks {
		c := &chunks[i]
		if n := seen[c.key]; n > 0 {
			c.key = fmt.Sprintf("%s #%d", c.key, n+1)
		}
		seen[chunks[i].key]++
	}
}

func declared(s ast.Spec) []string {
	var idents []*ast.Ident
	switch s := s.(type) {
	case *ast.TypeSpec:
		idents = []*ast.Ident{s.Name}
	case *ast.ValueSpec:
		idents = s.Names
	}
	var names []string
	for _, id := range idents {
		if id.Name != "_" {
			names = append(names, id.Name)
		}
	}
	return names
}

// receiver is the name of a method's type.
func receiver(e ast.Expr) string {
	for {
		switch t := e.(type) {
		case *ast.StarExpr:
			e = t.X
		case *ast.ParenExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.Ident:
			return t.Name
		default:
			return "?"
		}
	}
}

// solid reports constants whose values depend on their place in the group.
func solid(d *ast.GenDecl) bool {
	if d.Tok != token.CONST {
		return false
	}
	found := false
	for _, s := range d.Specs {
		if v, ok := s.(*ast.ValueSpec); ok && len(v.Values) == 0 {
			return true
		}
		ast.Inspect(s, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			found = found || ok && id.Name == "iota"
			return !found
		})
	}
	return found
}

// insideGo merges a declaration both sides changed: by line; if that fails,
// types field by field; if that fails, by line again in the layout of gofmt.
func insideGo(base, ours, theirs chunk) Result {
	plain := insideLines(base, ours, theirs)
	if plain.Clean() {
		return plain
	}
	if r, ok := mergeFields(base, ours, theirs); ok && len(r.Conflicts) <= len(plain.Conflicts) {
		return r
	}
	b, o, t := formatted(base.text), formatted(ours.text), formatted(theirs.text)
	if b == nil || o == nil || t == nil {
		return plain
	}
	if r := Merge(b, o, t); r.Clean() {
		return r
	}
	return plain
}
