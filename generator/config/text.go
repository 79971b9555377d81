package config

import (
	"fmt"
	"regexp"
	"strings"
)

// Text is a string made when the server starts: literal parts and parts read from the environment.
type Text []Part

// Part is a piece of a Text: either Literal, or the value of the variable Env.
type Part struct{ Literal, Env string }

var variable = regexp.MustCompile(`^\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// parseText splits s at ${NAME}. "$${" stands for a literal "${".
func parseText(s string) (Text, error) {
	var out Text
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			out = append(out, Part{Literal: literal.String()})
			literal.Reset()
		}
	}
	for s != "" {
		before, rest, found := strings.Cut(s, "${")
		if !found {
			literal.WriteString(s)
			break
		}
		if escaped, ok := strings.CutSuffix(before, "$"); ok {
			literal.WriteString(escaped + "${")
			s = rest
			continue
		}
		match := variable.FindStringSubmatch("${" + rest)
		if match == nil {
			return nil, fmt.Errorf("${ must begin a variable like ${DATABASE_URL}; write $${ for a plain ${")
		}
		literal.WriteString(before)
		flush()
		out = append(out, Part{Env: match[1]})
		s = rest[len(match[0])-len("${"):]
	}
	flush()
	return out, nil
}

// HasEnv reports whether part of the text comes from the environment.
func (t Text) HasEnv() bool {
	for _, p := range t {
		if p.Env != "" {
			return true
		}
	}
	return false
}

// Variables returns the names of the variables the text is made from.
func (t Text) Variables() []string {
	var names []string
	for _, p := range t {
		if p.Env != "" {
			names = append(names, p.Env)
		}
	}
	return names
}

// Resolve returns the text with variables read through getenv; nil reads them as empty.
func (t Text) Resolve(getenv func(string) string) string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.Literal)
		if p.Env != "" && getenv != nil {
			b.WriteString(getenv(p.Env))
		}
	}
	return b.String()
}

// Literal returns the parts that are in the file.
func (t Text) Literal() string { return t.Resolve(nil) }
