package diag

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Printer writes a List for people. Source returns the text of a file so that
// the offending line can be shown, or nil; it may itself be nil. Color adds
// ANSI colours.
type Printer struct {
	Source func(file string) []byte
	Color  bool
}

const (
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	bold   = "\x1b[1m"
	reset  = "\x1b[0m"
)

// Print writes every diagnostic of l in sorted order; l itself is unchanged.
func (p Printer) Print(w io.Writer, l List) error {
	sorted := append(List(nil), l...)
	sorted.Sort()
	var out bytes.Buffer
	for _, d := range sorted {
		p.one(&out, d)
	}
	_, err := w.Write(out.Bytes())
	return err
}

func (p Printer) one(out *bytes.Buffer, d Diagnostic) {
	if pos := d.Pos.String(); pos != "" {
		out.WriteString(p.paint(bold, pos) + ": ")
	}
	fmt.Fprintf(out, "%s: %s", p.paint(colourOf(d.Severity), d.Severity.String()), d.Summary)
	if d.Suggestion != "" {
		fmt.Fprintf(out, " (%s)", d.Suggestion)
	}
	out.WriteByte('\n')
	if !d.Sensitive {
		p.snippet(out, d.Pos)
	}
	if d.Detail == "" {
		return
	}
	for line := range strings.SplitSeq(strings.TrimRight(d.Detail, "\n"), "\n") {
		out.WriteString(strings.TrimRight("    "+line, " ") + "\n")
	}
}

// snippet prints the source line and a caret below the column. The padding
// repeats the line's tabs, so that the caret lines up at any tab width.
func (p Printer) snippet(out *bytes.Buffer, pos Position) {
	if p.Source == nil || pos.Line <= 0 {
		return
	}
	line, ok := lineOf(p.Source(pos.File), pos.Line)
	if !ok {
		return
	}
	line, pos.Col = window(line, pos.Col)
	fmt.Fprintf(out, "    %s\n", line)
	if pos.Col <= 0 || pos.Col > len(line)+1 {
		return
	}
	pad := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, line[:pos.Col-1])
	fmt.Fprintf(out, "    %s%s\n", pad, p.paint(red, "^"))
}

// maxLine is what is shown of a line, in bytes; longer ones are data, such as a key, or an attack.
const maxLine = 160

// window cuts a long line around a column, and returns where the column is then.
func window(line string, col int) (string, int) {
	if len(line) <= maxLine {
		return line, col
	}
	start := max(0, min(col-maxLine/2, len(line)-maxLine))
	end := start + maxLine
	for start > 0 && !utf8.RuneStart(line[start]) {
		start--
	}
	for end < len(line) && !utf8.RuneStart(line[end]) {
		end++
	}
	before, after := "", ""
	if start > 0 {
		before = "…"
	}
	if end < len(line) {
		after = "…"
	}
	return before + line[start:end] + after, col - start + len(before)
}

func lineOf(src []byte, n int) (string, bool) {
	for ; n > 1; n-- {
		_, rest, found := bytes.Cut(src, []byte("\n"))
		if !found {
			return "", false
		}
		src = rest
	}
	line, _, found := bytes.Cut(src, []byte("\n"))
	return strings.TrimSuffix(string(line), "\r"), found || len(line) > 0
}

func (p Printer) paint(colour, s string) string {
	if !p.Color {
		return s
	}
	return colour + s + reset
}

func colourOf(s Severity) string {
	switch s {
	case Error:
		return red
	case Warning:
		return yellow
	default:
		return cyan
	}
}
