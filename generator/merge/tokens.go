package merge

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/printer"
	"go/scanner"
	"go/token"
	"strings"
)

// sameGo reports whether two pieces of Go differ in layout only: line breaks,
// spaces, alignment, the comma before a closing bracket. Comments count.
func sameGo(a, b []byte) bool {
	return bytes.Equal(a, b) || canonical(a) == canonical(b)
}

// canonical is the tokens of a piece of Go, separated so that no two different
// lists look alike. Text that is no Go is its own canonical form.
func canonical(src []byte) string {
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(src))
	broken := false
	s.Init(file, src, func(token.Position, string) { broken = true }, scanner.ScanComments)
	var list []lexeme
	for {
		_, tok, text := s.Scan()
		if tok == token.EOF {
			break
		}
		switch tok {
		case token.SEMICOLON:
			text = ";"
		case token.RPAREN, token.RBRACK, token.RBRACE:
			list = dropSeparator(list)
		case token.COMMENT:
			text = strings.TrimRight(text, " \t\r\n")
		default:
			if text == "" || tok.IsOperator() {
				text = tok.String()
			}
		}
		list = append(list, lexeme{tok, text})
	}
	if broken {
		return "\x00" + string(src)
	}
	var out strings.Builder
	for _, l := range list {
		out.WriteString(l.text)
		out.WriteByte(0)
	}
	return out.String()
}

type lexeme struct {
	tok  token.Token
	text string
}

// dropSeparator takes away the comma or semicolon before a closing bracket,
// which only a line break asks for.
func dropSeparator(list []lexeme) []lexeme {
	i := len(list) - 1
	for i >= 0 && list[i].tok == token.COMMENT {
		i--
	}
	if i < 0 || list[i].tok != token.COMMA && list[i].tok != token.SEMICOLON {
		return list
	}
	return append(list[:i], list[i+1:]...)
}

// formatted returns a piece of Go as gofmt writes it, or nil if it is no Go.
// Blank lines at the start and the end stay.
func formatted(src []byte) []byte {
	core := bytes.TrimSpace(src)
	out, err := format.Source(core)
	if err != nil {
		return nil
	}
	at := bytes.Index(src, core)
	return bytes.Join([][]byte{src[:at], bytes.TrimSpace(out), src[at+len(core):]}, nil)
}

// printed returns a file that was parsed as gofmt writes it, or nil. It sorts
// the imports of f.
func printed(fset *token.FileSet, f *ast.File) []byte {
	ast.SortImports(fset, f)
	gofmt := printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}
	var out bytes.Buffer
	if gofmt.Fprint(&out, fset, f) != nil {
		return nil
	}
	return out.Bytes()
}

// isFormatted reports whether gofmt would leave src alone.
func isFormatted(src []byte) bool {
	out, err := format.Source(src)
	return err == nil && bytes.Equal(out, src)
}
