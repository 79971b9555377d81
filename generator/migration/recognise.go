package migration

import (
	"strings"
	"unicode"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Recognise finds the tables of a schema in a database whose names are not
// known, and returns the schema with the names they have there. Tables that are
// not found are left out, columns too.
//
// A table is known by its name, in singular or plural and however it is spelled,
// or else by its columns. A column is known by its name, or as the only one whose
// name has the other in it (`full_name` for `name`) or which refers to the same
// table, if the type is right.
func Recognise(d schema.Dialect, s schema.Schema, found []FoundTable) schema.Schema {
	r := recogniser{dialect: d, found: found, taken: map[string]string{}}
	matches := map[string]schema.Table{}
	for _, byName := range []bool{true, false} {
		for _, t := range s.Tables {
			if _, done := matches[t.Key]; done {
				continue
			}
			if match, ok := r.table(t, byName); ok {
				matches[t.Key] = match
				r.taken[match.Name] = t.Key
			}
		}
	}
	var out schema.Schema
	for _, t := range s.Tables {
		if match, ok := matches[t.Key]; ok {
			out.Tables = append(out.Tables, match)
		}
	}
	return out
}

type recogniser struct {
	dialect schema.Dialect
	found   []FoundTable
	taken   map[string]string // names of tables to keys
}

func (r recogniser) table(t schema.Table, byName bool) (schema.Table, bool) {
	for _, there := range r.found {
		if r.taken[there.Name] != "" || byName && !sameName(t.Key, there.Name) {
			continue
		}
		if match, ok := r.columns(t, there, byName); ok {
			return match, true
		}
	}
	return schema.Table{}, false
}

// columns matches the columns. With a table known by its name it is enough that
// the primary key and most of the required ones are there; otherwise all of them
// have to be.
func (r recogniser) columns(t schema.Table, there FoundTable, byName bool) (schema.Table, bool) {
	names, used := map[string]string{}, map[string]bool{}
	for _, similar := range []bool{false, true} {
		for _, c := range t.Columns {
			if _, done := names[c.Key]; done {
				continue
			}
			if name := r.column(t, c, there, used, similar); name != "" {
				names[c.Key], used[name] = name, true
			}
		}
	}
	match := t
	match.Name, match.Columns = there.Name, nil
	required, missing := 0, 0
	for _, c := range t.Columns {
		name, ok := names[c.Key]
		if c.Required && c.Origin == t.Origin {
			required++
		}
		if !ok {
			if c.Required && c.Origin == t.Origin {
				missing++
			}
			continue
		}
		c.Name = name
		match.Columns = append(match.Columns, c)
	}
	_, hasKey := names[schema.PrimaryKey]
	if byName {
		return match, hasKey && missing*2 <= required
	}
	return match, hasKey && missing == 0 && required >= 3
}

// column finds a column; with similar the name only has to be part of the other.
func (r recogniser) column(t schema.Table, c schema.Column, there FoundTable, used map[string]bool, similar bool) string {
	candidates := []string{}
	for _, column := range there.Columns {
		fits := plain(column.Name) == plain(c.Key)
		if similar {
			fits = c.Key != schema.PrimaryKey && !used[column.Name] &&
				(strings.Contains(plain(column.Name), plain(c.Key)) || strings.Contains(plain(c.Key), plain(column.Name)) || r.refers(c, column))
		}
		adopter := adopter{printer: printer{r.dialect, schema.Schema{}}}
		if fits && (holds(r.dialect, ColumnType(r.dialect, t, c), column.Type) || adopter.stretches(c, column)) {
			candidates = append(candidates, column.Name)
		}
	}
	if len(candidates) != 1 || similar && !c.Required {
		return ""
	}
	return candidates[0]
}

// refers reports a foreign key to the table that the column refers to, as far as
// it is known which that is.
func (r recogniser) refers(c schema.Column, found FoundColumn) bool {
	if c.Ref == nil || found.Ref == nil {
		return false
	}
	key := r.taken[found.Ref.Table]
	return key == "" || key == c.Ref.Table
}

// sameName compares without regard to spelling and number.
func sameName(key, name string) bool {
	a, b := plain(key), plain(name)
	return a == b || a+"s" == b || a+"es" == b
}

// plain keeps the letters and digits of a name, in lower case.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
