package merge

import (
	"bytes"
	"strings"
)

// line is one line without its terminator, and the terminator: "\n", "\r\n",
// or nothing at the end of a file.
type line struct {
	text, eol string
}

func split(data []byte) []line {
	lines := make([]line, 0, bytes.Count(data, []byte("\n"))+1)
	for rest := string(data); rest != ""; {
		text, after, found := strings.Cut(rest, "\n")
		rest = after
		if !found {
			lines = append(lines, line{text: text})
			break
		}
		eol := "\n"
		if cut, hasCR := strings.CutSuffix(text, "\r"); hasCR {
			text, eol = cut, "\r\n"
		}
		lines = append(lines, line{text, eol})
	}
	return lines
}

// ended reports whether the last line has its terminator. A file without
// lines counts as ended: it has no line that could lack one.
func ended(lines []line) bool {
	return len(lines) == 0 || lines[len(lines)-1].eol != ""
}

// dominantEOL is the terminator most lines of ours have, or if ours has none,
// of theirs.
func dominantEOL(ours, theirs []byte) string {
	for _, data := range [][]byte{ours, theirs} {
		all, crlf := bytes.Count(data, []byte("\n")), bytes.Count(data, []byte("\r\n"))
		if all > 0 {
			if 2*crlf > all {
				return "\r\n"
			}
			return "\n"
		}
	}
	return "\n"
}

// WithEndings returns text with the line ending that like mostly uses, for a
// file that is replaced whole in a CRLF checkout.
func WithEndings(text, like []byte) []byte {
	if isBinary(text) || isBinary(like) || bytes.Count(like, []byte("\n")) == 0 {
		return text
	}
	eol := dominantEOL(like, nil)
	var out bytes.Buffer
	for _, l := range split(text) {
		out.WriteString(l.text)
		if l.eol != "" {
			out.WriteString(eol)
		}
	}
	return out.Bytes()
}

// Same reports whether a and b are the same text, line endings aside: version
// control may rewrite those in a checkout, which is no edit.
func Same(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	return !isBinary(a) && !isBinary(b) && bytes.Equal(Normalize(a), Normalize(b))
}

// Normalize returns text with LF line endings, and binary data as it is.
func Normalize(text []byte) []byte {
	if isBinary(text) || !bytes.Contains(text, []byte("\r\n")) {
		return text
	}
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

func isBinary(data []byte) bool { return bytes.IndexByte(data, 0) >= 0 }

func sameLines(a, b []line) bool { return len(a) == len(b) && commonPrefix(a, b) == len(a) }

func commonPrefix(a, b []line) int {
	n := 0
	for n < len(a) && n < len(b) && a[n].text == b[n].text {
		n++
	}
	return n
}

func commonSuffix(a, b []line) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n].text == b[len(b)-1-n].text {
		n++
	}
	return n
}
