package query

import (
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// identifier is a name that sqlc copes with. Databases allow more in quotes, but where sqlc writes
// column names itself, for embedded tables, it quotes reserved words only.
var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// checkNames reports tables and columns whose name in the database sqlc would get wrong.
func checkNames(in Input) diag.List {
	var diags diag.List
	fit := func(subject, name string, origin schema.Origin) {
		pos := diag.Position{File: origin.Pos} // already file:line:col
		switch {
		case !identifier.MatchString(name):
			diags.Errorf(pos, CodeQuery, "%s: %q cannot be used as a name in the database; take letters, digits and underscores", subject, name)
		case in.Dialect == schema.SQLite && strings.EqualFold(name, "returning"):
			diags.Errorf(pos, CodeQuery, "%s: %q is a reserved word of SQLite that sqlc does not know; take another name", subject, name)
		}
	}
	for _, t := range in.Schema.Tables {
		fit(t.Key, t.Name, t.Origin)
		for _, c := range t.Columns {
			fit(t.Key+"."+c.Key, c.Name, c.Origin)
		}
	}
	return diags
}

// checkASCII reports query files with other characters: sqlc's parser for SQLite counts characters
// where its editor counts bytes, and rewrites every query after them in the wrong place.
func checkASCII(in Input, texts map[string][]byte, l locator) diag.List {
	var diags diag.List
	if in.Dialect != schema.SQLite {
		return diags
	}
	for _, name := range sortedKeys(texts) {
		text := string(texts[name])
		i := strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
		if path.Dir(name) != queryDir || i < 0 {
			continue
		}
		r, _ := utf8.DecodeRuneInString(text[i:])
		line := strings.Count(text[:i], "\n") + 1
		diags.Errorf(l.place(name, line), CodeQuery, "%q is not ASCII, which sqlc for SQLite cannot handle, even in a comment", r)
	}
	return diags
}
