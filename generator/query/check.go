package query

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// check looks for what sqlc gets wrong without saying so. Each rule stands for a failure that was
// seen: the Go compiled, and the statement failed at run time or gave the wrong rows.
func check(d schema.Dialect, c *code, l locator) diag.List {
	var diags diag.List
	for _, s := range l.statements {
		report := func(format string, args ...any) {
			diags.Errorf(l.position(s, 0), CodeQuery, "query %s: %s", s.Name, fmt.Sprintf(format, args...))
		}
		checkStatement(s, report)
		q, ok := c.queries[s.Name]
		if !ok {
			report("sqlc wrote no method for it")
			continue
		}
		checkText(d, q, report)
		checkTypes(c, q, report)
	}
	return diags
}

type reporter func(format string, args ...any)

var (
	outerJoin = regexp.MustCompile(`(?i)\b(left|right|full)\s+(outer\s+)?join\b`)
	keepNull  = regexp.MustCompile(`(?i)coalesce\(\s*sqlc\.narg`)
)

// checkStatement refuses constructs of the query itself.
func checkStatement(s statement, report reporter) {
	text := bare(s.Text)
	if outerJoin.MatchString(text) && strings.Contains(text, "sqlc.embed") {
		report("sqlc.embed in an outer join cannot read a row without a match; read the tables one by one")
	}
	if strings.Contains(text, "sqlc.slice") {
		report("sqlc.slice binds the wrong values when it is not last, and on PostgreSQL")
	}
	if keepNull.MatchString(text) {
		report("COALESCE(sqlc.narg(…), column) can never set NULL; set the column")
	}
}

var leftover = regexp.MustCompile(`sqlc\.\w+|@\w+`)

// checkText compares the SQL sqlc wrote with the values it passes.
func checkText(d schema.Dialect, q goQuery, report reporter) {
	text := bare(q.SQL)
	if strings.Contains(q.SQL, "/*SLICE:") {
		return // checkStatement has reported it
	}
	if q.Args < 0 {
		report("lists of values are not supported")
		return
	}
	if found := leftover.FindString(text); found != "" {
		report("sqlc left %q in the SQL; parameters do not work in this place", found)
	}
	if n := placeholders(d, text); n != q.Args {
		report("the SQL has %d placeholders, but %d values are passed", n, q.Args)
	}
}

// checkTypes refuses parameters sqlc found no type for: anything would be accepted, and what the
// database makes of it differs.
func checkTypes(c *code, q goQuery, report reporter) {
	for _, p := range q.Params {
		for _, f := range append([]field{p}, c.structs[p.Type]...) {
			if strings.Contains(f.Type, "interface{}") || f.Type == "any" {
				report("parameter %s has no type; put it next to a column", f.Name)
			}
		}
	}
	for _, r := range q.Results {
		for _, f := range append([]field{{"result", r}}, c.structs[strings.TrimPrefix(r, "[]")]...) {
			if strings.Contains(f.Type, "interface{}") {
				report("%s has no type", f.Name)
			}
		}
	}
}

var (
	dollar   = regexp.MustCompile(`\$(\d+)`)
	question = regexp.MustCompile(`\?(\d*)`)
)

// placeholders counts the values the text asks for: the highest number, or the number of bare marks.
func placeholders(d schema.Dialect, text string) int {
	pattern := question
	if d == schema.Postgres {
		pattern = dollar
	}
	highest, unnumbered := 0, 0
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		if m[1] == "" {
			unnumbered++
			continue
		}
		n, _ := strconv.Atoi(m[1])
		highest = max(highest, n)
	}
	return highest + unnumbered
}

var quoted = regexp.MustCompile("(?s)'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`(?:[^`]|``)*`|--[^\n]*|/\\*.*?\\*/")

// bare blanks out literals, quoted names and comments, whose contents prove nothing. The names of
// sqlc's own functions stay.
func bare(sql string) string { return quoted.ReplaceAllString(sql, "''") }
