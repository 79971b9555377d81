package schema

import (
	"fmt"
	"strings"
)

// CreationOrder returns the tables so that each follows those it refers to, and
// otherwise in declaration order. A table may refer to itself. Tables that refer
// to each other in a circle have no such order; the error names them.
func (s Schema) CreationOrder() ([]Table, error) {
	created := make(map[string]bool, len(s.Tables))
	out := make([]Table, 0, len(s.Tables))
	waiting := s.Tables
	for len(waiting) > 0 {
		var next []Table
		for _, t := range waiting {
			if s.waitsFor(t, created) {
				next = append(next, t)
				continue
			}
			created[t.Key] = true
			out = append(out, t)
		}
		if len(next) == len(waiting) {
			return nil, fmt.Errorf("tables refer to each other in a circle: %s", strings.Join(keys(next), ", "))
		}
		waiting = next
	}
	return out, nil
}

// waitsFor reports whether t refers to a table of s that does not exist yet.
func (s Schema) waitsFor(t Table, created map[string]bool) bool {
	for _, c := range t.Columns {
		if c.Ref == nil || c.Ref.Table == t.Key || created[c.Ref.Table] {
			continue
		}
		if _, ok := s.Table(c.Ref.Table); ok {
			return true
		}
	}
	return false
}

func keys(tables []Table) []string {
	out := make([]string, len(tables))
	for i, t := range tables {
		out[i] = t.Key
	}
	return out
}
