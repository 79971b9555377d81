package query

import (
	"fmt"
	"path"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/source"
)

// unanswered writes a method that has no query. Only who calls it needs one.
func (a *adapter) unanswered(m source.Method) jen.Code {
	if len(m.Results) == 0 || m.Results[len(m.Results)-1].Type != "error" {
		a.diags.Errorf(m.Pos, CodeQuery, "the last result of %s is not an error", m.Name)
		return jen.Null()
	}
	var values []jen.Code
	for _, r := range m.Results[:len(m.Results)-1] {
		values = append(values, a.zero(r.Type))
	}
	reason := fmt.Sprintf("%s has no query for %s; add it to a file of your own in %s",
		m.Name, a.in.Dialect, path.Join(a.in.Dir, queryDir))
	return a.describe(m, fmt.Sprintf("%s has no query yet: write one to a file of your own in queries.", m.Name),
		[]jen.Code{jen.Return(append(values, jen.Qual("errors", "New").Call(jen.Lit(reason)))...)})
}

// zero writes the zero value of a type.
func (a *adapter) zero(typ string) jen.Code {
	switch {
	case strings.HasPrefix(typ, "*"), strings.HasPrefix(typ, "["), strings.HasPrefix(typ, "map["):
		return jen.Nil()
	case typ == "string":
		return jen.Lit("")
	case typ == "bool":
		return jen.False()
	case strings.HasPrefix(typ, "int"), strings.HasPrefix(typ, "float"):
		return jen.Lit(0)
	}
	return jen.Op("*").New(a.typ(typ))
}
