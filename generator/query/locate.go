package query

import (
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// CodeQuery marks a query that sqlc or our checks refuse.
const CodeQuery = "BA051"

// locator finds the template line a query came from.
type locator struct {
	dir        string // of the store; empty: errors are of the templates
	sources    []Source
	statements []statement
}

func newLocator(in Input, files map[string][]byte) locator {
	l := locator{dir: in.Dir, sources: in.Sources}
	for _, name := range sortedKeys(files) {
		if path.Dir(name) == queryDir {
			l.statements = append(l.statements, split(name, string(files[name]))...)
		}
	}
	return l
}

func (l locator) statement(name string) (statement, bool) {
	for _, s := range l.statements {
		if s.Name == name {
			return s, true
		}
	}
	return statement{}, false
}

// at returns the statement a line of a query file belongs to.
func (l locator) at(file string, line int) (statement, bool) {
	var found statement
	for _, s := range l.statements {
		if path.Base(s.File) == path.Base(file) && s.Line <= line {
			found = s
		}
	}
	return found, found.Name != ""
}

// position returns where the user has the query, or the template.
func (l locator) position(s statement, offset int) diag.Position {
	if l.dir != "" {
		return diag.Position{File: path.Join(l.dir, s.File), Line: s.Line + offset}
	}
	name := path.Base(s.File) + extension
	for _, source := range l.sources {
		if source.Templates == nil {
			continue
		}
		text, err := fs.ReadFile(source.Templates, name)
		if err != nil {
			continue
		}
		for _, declared := range split(name, string(text)) {
			if declared.Name == s.Name {
				return diag.Position{File: label(source, name), Line: declared.Line + offset}
			}
		}
	}
	return diag.Position{File: s.File, Line: s.Line + offset}
}

// place returns where the template has a line of a query file.
func (l locator) place(file string, line int) diag.Position {
	if s, ok := l.at(file, line); ok {
		return l.position(s, line-s.Line)
	}
	return diag.Position{File: path.Join(l.dir, file), Line: line}
}

var sqlcError = regexp.MustCompile(`^(\S+\.sql):(\d+):(?:\d+): (.*)$`)

// translate turns sqlc's messages into diagnostics. Columns are left out: sqlc counts them in a text
// with the names filled in.
func (l locator) translate(stderr string) error {
	var diags diag.List
	for _, line := range strings.Split(strings.TrimSpace(stderr), "\n") {
		m := sqlcError.FindStringSubmatch(line)
		if m == nil {
			continue // "# package db", and the parser's own chatter that comes before
		}
		what := "sqlc"
		if s, ok := l.at(m[1], number(m[2])); ok {
			what = "query " + s.Name
		}
		diags.Errorf(l.place(m[1], number(m[2])), CodeQuery, "%s: %s", what, m[3])
	}
	if len(diags) == 0 {
		diags.Errorf(diag.Position{}, CodeQuery, "sqlc: %s", strings.TrimSpace(stderr))
	}
	return diags.Err()
}

// number reads digits a pattern has matched.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
