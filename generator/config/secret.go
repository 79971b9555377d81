package config

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// secrets reports secrets that are written into the file, which is committed and shared. It looks at
// every value, also of options that do not exist.
func (l *loader) secrets(n *node, path string) {
	for _, m := range n.members {
		p := join(path, m.key)
		switch {
		case base(path) == "fields": // names of columns
		case path == "verification.storeIdentifier.overrides": // how identifiers begin
		case isSecret(p):
			l.secret(m.value, p)
		case p == "database.url":
			l.databasePassword(m.value)
		}
		l.secrets(m.value, p)
	}
	for _, item := range n.items {
		l.secrets(item, itemPath(item, path))
	}
}

// itemPath adds what people call a provider in a list to the path of the list.
func itemPath(item *node, path string) string {
	for _, key := range []string{"providerId", "preset"} {
		if name := item.member(key); name != nil && name.kind == scalarNode {
			return join(path, fmt.Sprint(name.scalar))
		}
	}
	return path
}

// isSecret reports whether the option at path holds a secret, to judge by its name.
func isSecret(path string) bool {
	if e, ok := find(functions(), path); path == "emailAndPassword" || ok && e.pattern == path {
		return false
	}
	key := strings.ToLower(base(path))
	for _, suffix := range []string{"secret", "password", "apikey", "privatekey"} {
		if strings.HasSuffix(key, suffix) {
			return true
		}
	}
	return key == "secrets" || strings.HasPrefix(path, "secrets[")
}

func (l *loader) secret(n *node, path string) {
	switch n.kind {
	case listNode: // secrets: [{version: 1, value: …}]
		for _, item := range n.items {
			l.secret(item, path)
		}
	case mapNode:
		if value := n.member("value"); value != nil {
			l.secret(value, path)
		}
	case scalarNode:
		text, isText := n.scalar.(string)
		parsed, err := parseText(text)
		if isText && text != "" && err == nil && !parsed.HasEnv() {
			l.literalSecret(n.pos, path, variableFor(path))
		}
	}
}

func (l *loader) literalSecret(pos diag.Position, path, variable string) {
	l.diags.Add(diag.Diagnostic{
		Severity: diag.Error, Code: CodeSecret, Pos: pos, Sensitive: true,
		Summary: path + ": a secret must not be written into the file", Suggestion: "write ${" + variable + "} and set that variable",
	})
}

var (
	urlPassword = regexp.MustCompile(`^(?:[A-Za-z0-9+.-]+://)?[^:@/]*:[^@/]+@`)
	keyPassword = regexp.MustCompile(`(?i)(?:^|[?&\s])(?:password|passwd|pwd)=[^&\s]`)
)

func (l *loader) databasePassword(n *node) {
	text, _ := n.scalar.(string)
	parsed, err := parseText(text)
	if literal := parsed.Literal(); err == nil && (urlPassword.MatchString(literal) || keyPassword.MatchString(literal)) {
		l.literalSecret(n.pos, "database.url", "DATABASE_URL")
	}
}

// variableFor derives the name of a variable from a path: GITHUB_CLIENT_SECRET.
func variableFor(path string) string {
	if parent(path) == "" {
		return "BETTER_AUTH_SECRET"
	}
	var b strings.Builder
	for i, r := range base(parent(path)) + "_" + base(path) {
		switch {
		case unicode.IsUpper(r) && i > 0:
			b.WriteByte('_')
			b.WriteRune(r)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToUpper(r))
		default:
			b.WriteByte('_')
		}
	}
	return b.String()
}
