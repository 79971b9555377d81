package web

import (
	"net/url"
	"strings"
	"unicode/utf8"
)

// EncodeURIComponent escapes text as JavaScript's function of that name does:
// all but letters, digits and -_.!~*'() become percent escapes.
func EncodeURIComponent(text string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(text))
	for i := range len(text) {
		c := text[i]
		if isUnreserved(c) {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}

// DecodeURIComponent undoes percent escapes; a plus stays a plus. It fails when
// an escape is broken or the result is not UTF-8, where JavaScript throws.
func DecodeURIComponent(text string) (decoded string, ok bool) {
	if !strings.Contains(text, "%") {
		return text, true
	}
	decoded, err := url.PathUnescape(text)
	if err != nil || !utf8.ValidString(decoded) {
		return "", false
	}
	return decoded, true
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("-_.!~*'()", c) >= 0
}
