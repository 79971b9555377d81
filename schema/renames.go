package schema

import (
	"slices"
	"strings"
)

// detourName is what a column or table is called between two others that swap
// their names.
const detourName = "betterauth_renamed"

// arrangeRenames puts renames in an order in which each name is free when it is
// given, as far as there is one. Of names that go round in a circle one takes a
// detour. A name that something keeps is left for [Apply] to complain of.
func arrangeRenames(s Schema, renames []Change) []Change {
	var out, blocked []Change
	waiting := slices.Clone(renames)
	do := func(c Change) bool {
		next, err := Apply(s, []Change{c})
		if err == nil {
			s, out = next, append(out, c)
		}
		return err == nil
	}
	for len(waiting) > 0 {
		if at := slices.IndexFunc(waiting, do); at >= 0 {
			waiting = slices.Delete(waiting, at, at+1)
			continue
		}
		c := waiting[0]
		waiting = waiting[1:]
		circle := slices.ContainsFunc(waiting, func(other Change) bool { return other.Subject() == holder(s, c) })
		there, onwards := detour(c)
		if circle && do(there) {
			waiting = append(waiting, onwards)
		} else {
			blocked = append(blocked, c)
		}
	}
	return append(out, blocked...)
}

// holder returns the subject of what has the name that a rename gives.
func holder(s Schema, rename Change) string {
	switch c := rename.(type) {
	case RenameTable:
		for _, t := range s.Tables {
			if strings.EqualFold(t.Name, c.To) {
				return t.Key
			}
		}
	case RenameColumn:
		t, _ := s.Table(c.Table)
		for _, column := range t.Columns {
			if strings.EqualFold(column.Name, c.To) {
				return c.Table + "." + column.Key
			}
		}
	}
	return ""
}

// detour divides a rename in two.
func detour(rename Change) (there, onwards Change) {
	switch c := rename.(type) {
	case RenameTable:
		return RenameTable{c.Table, c.From, detourName}, RenameTable{c.Table, detourName, c.To}
	case RenameColumn:
		return RenameColumn{c.Table, c.Column, c.From, detourName}, RenameColumn{c.Table, c.Column, detourName, c.To}
	}
	return rename, rename
}
