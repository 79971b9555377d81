package web

import "strings"

// ValidEmail reports whether text is an e-mail address as Better Auth 1.7.5
// (zod 4) accepts it. It is stricter than RFC 5322: ASCII only, no quoting, no
// surrounding blanks, a domain of at least two labels.
func ValidEmail(text string) bool {
	local, domain, ok := strings.Cut(text, "@")
	return ok && validLocal(local) && validDomain(domain)
}

// validLocal wants words of [A-Za-z0-9_'+-] joined by single dots, the last of
// which does not end in an apostrophe.
func validLocal(local string) bool {
	for word := range strings.SplitSeq(local, ".") {
		if word == "" || !all(word, isLocal) {
			return false
		}
	}
	return !strings.HasSuffix(local, "'")
}

// validDomain wants labels of [A-Za-z0-9-] that do not start with a hyphen,
// the last one of two or more letters only.
func validDomain(domain string) bool {
	dot := strings.LastIndexByte(domain, '.')
	if dot < 0 || len(domain)-dot-1 < 2 || !all(domain[dot+1:], isLetter) {
		return false
	}
	for label := range strings.SplitSeq(domain[:dot], ".") {
		if label == "" || label[0] == '-' || !all(label, isLabel) {
			return false
		}
	}
	return true
}

func all(text string, ok func(byte) bool) bool {
	for i := range len(text) {
		if !ok(text[i]) {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLabel(c byte) bool { return isLetter(c) || isDigit(c) || c == '-' }

func isLocal(c byte) bool { return isLabel(c) || c == '_' || c == '\'' || c == '+' }
