package web

import (
	"regexp"
	"strings"
)

// A PathPattern is a path, or a pattern of paths in which * stands for a segment
// or a part of it and ** for any number of segments.
type PathPattern struct {
	text string
	glob *regexp.Regexp // nil for a whole path
}

// NewPathPattern returns the pattern of a text.
func NewPathPattern(text string) PathPattern {
	p := PathPattern{text: text}
	if strings.Contains(text, "*") {
		p.glob = compileGlob(text)
	}
	return p
}

// Match reports whether the pattern stands for path.
func (p PathPattern) Match(path string) bool {
	return p.text == path || p.glob != nil && p.glob.MatchString(path)
}

// compileGlob turns a pattern of trusted origins or rate limit paths into a
// regular expression with the meaning Better Auth 1.7.5 gives it: "?" is one
// character and "*" any run of them, neither of which crosses a slash or
// backslash; "**" as a whole segment is any number of segments; a slash stands
// for one or more separators and trailing ones are optional; a backslash takes
// the meaning from the character after it.
//
// One thing is stricter: "a/**" is a and all below it, never "abc". Otherwise
// "https://example.com/**" would trust https://example.com.evil.net.
func compileGlob(pattern string) *regexp.Regexp {
	segments := strings.Split(strings.ToValidUTF8(pattern, "\ufffd"), "/")
	var b strings.Builder
	b.WriteString("^")
	for i, segment := range segments {
		last := i == len(segments)-1
		switch {
		case segment == "" && i > 0: // a doubled or trailing slash
		case segment != "**":
			b.WriteString(globSegment(segment) + separatorAfter(segments, i))
		case last && i == 0:
			b.WriteString(`(?s:.*)`)
		case last:
			b.WriteString(`(?:[/\\]+[^/\\]*)*`)
		case segments[i+1] == "**": // the next one says the same
		case i == 0:
			b.WriteString(`(?:[^/\\]*[/\\]+)*`)
		default:
			b.WriteString(`[/\\]+(?:[^/\\]*[/\\]+)*`)
		}
	}
	b.WriteString("$")
	return regexp.MustCompile(b.String()) // every part is quoted or ours
}

func separatorAfter(segments []string, i int) string {
	switch {
	case i == len(segments)-1:
		return `[/\\]*`
	case segments[i+1] == "**":
		return "" // it brings its own
	default:
		return `[/\\]+`
	}
}

func globSegment(segment string) string {
	var b strings.Builder
	escaped := false
	for _, r := range segment {
		switch {
		case r == '\\' && !escaped:
			escaped = true
			continue
		case r == '?' && !escaped:
			b.WriteString(`[^/\\]`)
		case r == '*' && !escaped:
			b.WriteString(`[^/\\]*`)
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
		escaped = false
	}
	return b.String()
}
