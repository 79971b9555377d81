package emit

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/gotype"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// setDefaults writes the method that fills in a new row. Better Auth's own columns are set by the
// flows, which know more than a default value says.
func (m *modelFile) setDefaults(t schema.Table) error {
	recv := receiver(t)
	var body []jen.Code
	for _, c := range t.Columns {
		if c.Origin.Plugin == "core" || c.Default == nil {
			continue
		}
		value, err := defaultValue(t, c)
		if err != nil {
			return fmt.Errorf("%s.%s: default value: %w", t.Key, c.Key, err)
		}
		if gotype.Of(c).Pointer {
			m.needsPtr = true
			value = jen.Id("ptr").Call(value)
		}
		body = append(body, jen.Id(recv).Dot(schema.GoName(c.Key)).Op("=").Add(value))
	}
	m.Line().Commentf("SetDefaults gives a new %s row the configured default values.", t.Key)
	m.Func().Params(jen.Id(recv).Op("*").Id(schema.GoName(t.Key))).Id("SetDefaults").Params().Block(body...)
	return nil
}

// receiver names the receiver of a table's methods.
func receiver(t schema.Table) string { return strings.ToLower(t.Key[:1]) }

// rowTime writes the time at which a row is made: the flows have noted it in createdAt, by their own
// clock, before they ask for the defaults.
func rowTime(t schema.Table) *jen.Statement {
	for _, c := range t.Columns {
		if c.Key == "createdAt" && c.Type == schema.Date && !gotype.Of(c).Pointer {
			return jen.Id(receiver(t)).Dot(schema.GoName(c.Key))
		}
	}
	return jen.Id("NewTime").Call(jen.Qual("time", "Now").Call())
}

// defaultValue writes a default as a Go expression of the column's type, without the pointer.
func defaultValue(t schema.Table, c schema.Column) (*jen.Statement, error) {
	if c.Default.Now {
		return rowTime(t), nil
	}
	switch c.Type {
	case schema.Number:
		return numberDefault(c)
	case schema.Date:
		return dateDefault(c)
	case schema.JSON:
		text, err := json.Marshal(c.Default.Value)
		return jen.Id("JSON").Call(jen.Lit(string(text))), err
	case schema.StringArray:
		return listDefault[string](c, "Strings")
	case schema.NumberArray:
		return listDefault[float64](c, "Numbers")
	case schema.Boolean:
		return literalDefault[bool](c)
	}
	return literalDefault[string](c)
}

func literalDefault[T string | bool](c schema.Column) (*jen.Statement, error) {
	v, ok := c.Default.Value.(T)
	if !ok {
		return nil, fmt.Errorf("%v is no %s", c.Default.Value, c.Type)
	}
	return jen.Lit(v), nil
}

func numberDefault(c schema.Column) (*jen.Statement, error) {
	n, ok := schema.Whole(c.Default.Value)
	if !ok {
		return nil, fmt.Errorf("%v is no whole number", c.Default.Value)
	}
	if c.Required {
		return jen.Lit(int(n)), nil
	}
	return jen.Lit(n), nil // int64(n), since a pointer to it is taken
}

func dateDefault(c schema.Column) (*jen.Statement, error) {
	text, _ := c.Default.Value.(string)
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return nil, err
	}
	at = at.UTC()
	return jen.Id("NewTime").Call(jen.Qual("time", "Date").Call(
		jen.Lit(at.Year()), jen.Qual("time", at.Month().String()), jen.Lit(at.Day()),
		jen.Lit(at.Hour()), jen.Lit(at.Minute()), jen.Lit(at.Second()), jen.Lit(at.Nanosecond()),
		jen.Qual("time", "UTC"),
	)), nil
}

// listDefault converts the decoded list through JSON, whichever Go types the decoder chose.
func listDefault[T any](c schema.Column, name string) (*jen.Statement, error) {
	text, err := json.Marshal(c.Default.Value)
	if err != nil {
		return nil, err
	}
	var list []T
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, err
	}
	values := make([]jen.Code, len(list))
	for i, v := range list {
		values[i] = jen.Lit(v)
	}
	return jen.Id(name).Values(values...), nil
}
