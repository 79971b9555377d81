package query

import (
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// renames tells sqlc the Go names we want: for physical names and for keys, because parameters are
// named by key. sqlc knows one name per package, so a column name that stands for two keys is left to
// it; the adapters do not depend on the outcome. Structs are found by name and win therefore.
func renames(d schema.Dialect, s schema.Schema) map[string]string {
	names := map[string]string{}
	ambiguous := map[string]bool{}
	add := func(name, goName string) {
		if known, ok := names[name]; ok && known != goName {
			ambiguous[name] = true
		}
		names[name] = goName
	}
	for _, t := range s.Tables {
		for _, c := range t.Columns {
			add(c.Key, schema.GoName(c.Key))
			add(physical(d, c.Name), schema.GoName(c.Key))
		}
	}
	for name := range ambiguous {
		delete(names, name)
	}
	for _, t := range s.Tables {
		names[physical(d, t.Name)] = schema.GoName(t.Key)
	}
	return names
}

// physical returns a name the way sqlc's parser hands it on: the one for MySQL lower-cases names.
func physical(d schema.Dialect, name string) string {
	if d == schema.MySQL {
		return strings.ToLower(name)
	}
	return name
}

// fold makes spellings of a name comparable: userId, UserID, user_id.
func fold(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }
