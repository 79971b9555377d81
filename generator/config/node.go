package config

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// node is a YAML value without the syntax: a scalar, a list or a map.
type node struct {
	kind    nodeKind
	pos     diag.Position
	scalar  any // bool, int64, float64, string
	items   []*node
	members []member
}

type member struct {
	key   string
	pos   diag.Position
	value *node
}

type nodeKind int

const (
	nullNode nodeKind = iota + 1
	scalarNode
	listNode
	mapNode
)

// String describes the node in an error message.
func (n *node) String() string {
	switch n.kind {
	case nullNode:
		return "nothing"
	case listNode:
		return "a list"
	case mapNode:
		return "a map"
	}
	if s, ok := n.scalar.(string); ok {
		if len(s) > 40 {
			s = s[:40] + "…"
		}
		return strconv.Quote(s)
	}
	return fmt.Sprint(n.scalar)
}

// member returns the value for key, or nil.
func (n *node) member(key string) *node {
	for _, m := range n.members {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// Limits that no configuration reaches and that keep a hostile one cheap: the YAML parser is
// recursive and quadratic.
const (
	maxSize  = 128 << 10
	maxDepth = 32
)

// reader turns a file into a node.
type reader struct {
	file  string
	lines []string
	diags *diag.List
}

// read returns the file's map, or nil when it is not YAML. An empty file is an empty map.
func read(file string, data []byte, diags *diag.List) *node {
	r := &reader{file: file, diags: diags, lines: strings.Split(string(data), "\n")}
	empty := &node{kind: mapNode, pos: diag.Position{File: file, Line: 1, Col: 1}}
	if len(data) > maxSize {
		diags.Errorf(diag.Position{File: file}, CodeSyntax, "the file has %d bytes, want at most %d", len(data), maxSize)
		return nil
	}
	if !utf8.Valid(data) {
		diags.Errorf(diag.Position{File: file}, CodeSyntax, "the file is not UTF-8")
		return nil
	}
	tokens := lexer.Tokenize(string(data))
	if deep := tooDeep(tokens); deep != nil {
		r.nested(deep)
		return nil
	}
	doc, err := parse(tokens)
	if err != nil {
		r.syntax(err)
		return nil
	}
	if len(doc.Docs) > 1 && doc.Docs[1].Body != nil {
		r.errorf(doc.Docs[1].Start, CodeSyntax, "the file holds more than one YAML document")
		return nil
	}
	if len(doc.Docs) == 0 || doc.Docs[0].Body == nil {
		return empty
	}
	root := r.node(doc.Docs[0].Body, 0)
	switch {
	case root == nil:
		return nil
	case root.kind == nullNode:
		return empty
	case root.kind != mapNode:
		diags.Errorf(root.pos, CodeSyntax, "the file holds %s, want a map of options", root)
		return nil
	}
	return root
}

// parse never panics: what the parser does on input it did not foresee is an error like any other.
func parse(tokens token.Tokens) (doc *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("malformed YAML: %v", p)
		}
	}()
	return parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
}

// tooDeep returns the token at which brackets, or the dashes of one line, are nested too deep: the parser
// takes seconds for a hostile file of such. Nesting by indentation needs more bytes than a file may have.
func tooDeep(tokens token.Tokens) *token.Token {
	depth, dashes, line := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			dashes, line = 0, t.Position.Line
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType, token.MappingKeyType:
			dashes++
		}
		if depth > maxDepth || dashes > maxDepth {
			return t
		}
	}
	return nil
}

func (r *reader) nested(at *token.Token) {
	r.errorf(at, CodeSyntax, "values are nested more than %d deep", maxDepth)
}

func (r *reader) syntax(err error) {
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) {
		r.errorf(syntax.Token, CodeSyntax, "%s", syntax.Message)
		return
	}
	r.diags.Errorf(diag.Position{File: r.file}, CodeSyntax, "%v", err)
}

// node converts n; nil after an error.
func (r *reader) node(n ast.Node, depth int) *node {
	if depth > maxDepth {
		r.nested(n.GetToken())
		return nil
	}
	out := &node{kind: scalarNode, pos: r.pos(n.GetToken())}
	switch n := n.(type) {
	case *ast.NullNode:
		out.kind = nullNode
	case *ast.BoolNode:
		out.scalar = n.Value
	case *ast.StringNode:
		out.scalar = n.Value
	case *ast.LiteralNode:
		out.scalar = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode:
		return r.number(n, out)
	case *ast.SequenceNode:
		return r.list(n, out, depth)
	case *ast.MappingNode:
		return r.mapping(n.Values, out, depth)
	case *ast.MappingValueNode:
		return r.mapping([]*ast.MappingValueNode{n}, out, depth)
	default:
		r.unsupported(n)
		return nil
	}
	return out
}

// number reads the token itself: 64 bits are enough for everybody, and octal surprises.
func (r *reader) number(n ast.Node, out *node) *node {
	text := n.GetToken().Value
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		out.scalar = i
	} else if f, err := strconv.ParseFloat(text, 64); err == nil && !strings.ContainsAny(text, "xX_") {
		out.scalar = f
	} else {
		r.errorf(n.GetToken(), CodeSyntax, "%s is not a decimal number", text)
		return nil
	}
	return out
}

func (r *reader) list(n *ast.SequenceNode, out *node, depth int) *node {
	out.kind = listNode
	for _, value := range n.Values {
		if item := r.node(value, depth+1); item != nil {
			out.items = append(out.items, item)
		}
	}
	return out
}

func (r *reader) mapping(values []*ast.MappingValueNode, out *node, depth int) *node {
	out.kind = mapNode
	first := map[string]diag.Position{}
	for i, v := range values {
		key, ok := r.key(v.Key)
		if !ok {
			continue
		}
		pos := r.pos(v.Key.GetToken())
		if i == 0 {
			out.pos = pos
		}
		if earlier, dup := first[key]; dup {
			r.diags.Errorf(pos, CodeDuplicate, "%q occurs twice, first at %s", key, earlier)
			continue
		}
		first[key] = pos
		if value := r.node(v.Value, depth+1); value != nil {
			if value.kind == nullNode {
				value.pos = pos
			}
			out.members = append(out.members, member{key: key, pos: pos, value: value})
		}
	}
	return out
}

func (r *reader) key(n ast.MapKeyNode) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		return n.GetToken().Value, true
	}
	r.unsupported(n)
	return "", false
}

// unsupported refuses what lets one part of a file change another: what a line says should be there
// for the reader to see.
func (r *reader) unsupported(n ast.Node) {
	what := "this YAML syntax"
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode:
		what = "YAML anchors and aliases"
	case *ast.MergeKeyNode:
		what = "YAML merge keys"
	case *ast.TagNode:
		what = "YAML tags"
	case *ast.InfinityNode, *ast.NanNode:
		what = "infinite numbers"
	}
	r.errorf(n.GetToken(), CodeSyntax, "%s cannot be used here", what)
}

func (r *reader) errorf(t *token.Token, code, format string, args ...any) {
	r.diags.Errorf(r.pos(t), code, format, args...)
}

// pos converts a position; the parser counts columns in characters.
func (r *reader) pos(t *token.Token) diag.Position {
	p := diag.Position{File: r.file}
	if t == nil || t.Position == nil || t.Position.Line < 1 {
		return p
	}
	p.Line = t.Position.Line
	if p.Line > len(r.lines) {
		return p
	}
	line, chars := strings.TrimSuffix(r.lines[p.Line-1], "\r"), t.Position.Column-1
	p.Col = len(line) + 1
	for i := range line {
		if chars <= 0 {
			p.Col = i + 1
			break
		}
		chars--
	}
	return p
}
