package merge

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// typePrefix makes a file of a declaration.
const typePrefix = "package p\n"

// mergeFields merges a struct field by field and an interface method by
// method. It is not ok for other declarations.
func mergeFields(base, ours, theirs chunk) (Result, bool) {
	b, okB := fieldsOf(base)
	o, okO := fieldsOf(ours)
	t, okT := fieldsOf(theirs)
	if !okB || !okO || !okT {
		return Result{}, false
	}
	fields := rules{same: sameGo, inside: insideLines}
	var out Result
	out.add(fields.part(b.head, o.head, t.head))
	for _, f := range fields.chunks(b.chunks, o.chunks, t.chunks) {
		out.add(f.Result)
	}
	out.add(fields.part(b.tail, o.tail, t.tail))
	if !out.Clean() || !isFormatted(ours.text) {
		return out, true
	}
	if text := formatted(out.Text); text != nil { // columns may have moved
		out.Text = text
	}
	return out, true
}

// part merges a piece that all three sides have.
func (r rules) part(b, o, t chunk) Result {
	res, _ := r.three(&b, &o, &t)
	return res
}

// fieldsOf cuts the declaration of one struct or interface. Lines are counted
// from the start of the declaration.
func fieldsOf(c chunk) (*document, bool) {
	src := append([]byte(typePrefix), c.text...)
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil || len(f.Decls) != 1 {
		return nil, false
	}
	list := fieldList(f.Decls[0])
	if list == nil || len(list.List) == 0 {
		return nil, false
	}
	g := goFile{src: src, file: fset.File(f.FileStart), comments: f.Comments}
	at, ok := g.lineEnd(list.Opening + 1)
	if !ok {
		return nil, false
	}
	doc := &document{head: g.field(len(typePrefix), at)}
	seen := map[string]bool{}
	for _, field := range list.List {
		end, ok := g.lineEnd(field.End())
		if !ok || g.start(field) < at {
			return nil, false
		}
		part := g.field(at, end)
		if len(field.Names) > 0 {
			part.key = "field " + field.Names[0].Name
			for _, n := range field.Names {
				if n.Name != "_" && seen["field "+n.Name] {
					return nil, false
				}
				seen["field "+n.Name] = true
			}
		} else {
			part.key = "embedded " + canonical(g.text(field.Type))
			if seen[part.key] {
				return nil, false
			}
			seen[part.key] = true
		}
		doc.chunks = append(doc.chunks, part)
		at = end
	}
	doc.tail = g.field(at, len(src))
	number(doc.chunks)
	return doc, true
}

func (g goFile) field(lo, hi int) chunk {
	c := g.piece(lo, hi)
	c.line-- // the prefix is a line
	return c
}

func fieldList(d ast.Decl) *ast.FieldList {
	gen, ok := d.(*ast.GenDecl)
	if !ok || len(gen.Specs) != 1 {
		return nil
	}
	spec, ok := gen.Specs[0].(*ast.TypeSpec)
	if !ok {
		return nil
	}
	switch t := spec.Type.(type) {
	case *ast.StructType:
		return t.Fields
	case *ast.InterfaceType:
		return t.Methods
	}
	return nil
}
