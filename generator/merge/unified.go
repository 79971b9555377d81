package merge

import (
	"bytes"
	"fmt"
)

// context is the number of unchanged lines around a change in a diff.
const context = 3

// Unified is the change from a to b in unified diff format, which `git apply`
// and `patch -p1` read, or "" when there is none. A nil a or b stands for a
// file that does not exist.
func Unified(name string, a, b []byte) string {
	if bytes.Equal(a, b) && (a == nil) == (b == nil) {
		return ""
	}
	from, to := "a/"+name, "b/"+name
	if a == nil {
		from = "/dev/null"
	}
	if b == nil {
		to = "/dev/null"
	}
	if isBinary(a) || isBinary(b) {
		return fmt.Sprintf("Binary files %s and %s differ\n", from, to)
	}
	w := unified{a: exactLines(a), b: exactLines(b)}
	fmt.Fprintf(&w.out, "--- %s\n+++ %s\n", from, to)
	hs := hunks(w.a, w.b)
	for len(hs) > 0 {
		n := groupLen(hs)
		w.group(hs[:n])
		hs = hs[n:]
	}
	return w.out.String()
}

// exactLines splits without looking through line endings: a diff shows those
// too. The terminator, or its absence, becomes part of the text.
func exactLines(data []byte) []line {
	lines := split(data)
	for i, l := range lines {
		lines[i] = line{text: l.text + l.eol}
	}
	return lines
}

// groupLen is the number of hunks from the first on whose contexts meet.
func groupLen(hs []hunk) int {
	n := 1
	for n < len(hs) && hs[n].old.lo-hs[n-1].old.hi <= 2*context {
		n++
	}
	return n
}

type unified struct {
	a, b []line
	out  bytes.Buffer
}

func (w *unified) group(hs []hunk) {
	first, last := hs[0], hs[len(hs)-1]
	lead := min(context, first.old.lo)
	tail := min(context, len(w.a)-last.old.hi)
	fmt.Fprintf(&w.out, "@@ -%s +%s @@\n",
		rangeText(first.old.lo-lead, last.old.hi+tail), rangeText(first.new.lo-lead, last.new.hi+tail))

	at := first.old.lo - lead
	for _, h := range hs {
		w.lines(' ', w.a[at:h.old.lo])
		w.lines('-', w.a[h.old.lo:h.old.hi])
		w.lines('+', w.b[h.new.lo:h.new.hi])
		at = h.old.hi
	}
	w.lines(' ', w.a[at:at+tail])
}

// rangeText is "start,count" with the format's two special cases: a count of
// one is left out, and an empty range names the line before it.
func rangeText(lo, hi int) string {
	switch hi - lo {
	case 0:
		return fmt.Sprintf("%d,0", lo)
	case 1:
		return fmt.Sprint(lo + 1)
	default:
		return fmt.Sprintf("%d,%d", lo+1, hi-lo)
	}
}

func (w *unified) lines(sign byte, lines []line) {
	for _, l := range lines {
		w.out.WriteByte(sign)
		w.out.WriteString(l.text)
		if n := len(l.text); n == 0 || l.text[n-1] != '\n' {
			w.out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}
