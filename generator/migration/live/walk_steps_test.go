package live

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// set gives an option of betterauth.yaml a value.
func (w *walker) set(path string, value any) {
	put(w.config, path, value)
	w.visited = append(w.visited, fmt.Sprintf("%s: %v", path, value))
}

func put(tree map[string]any, path string, value any) {
	keys := strings.Split(path, ".")
	for _, key := range keys[:len(keys)-1] {
		below, ok := tree[key].(map[string]any)
		if !ok {
			below = map[string]any{}
			tree[key] = below
		}
		tree = below
	}
	tree[keys[len(keys)-1]] = value
}

// plugin turns on a plugin and what it needs, unless one is there that it does not go with.
func (w *walker) plugin(id string) {
	on, _ := w.config["plugins"].(map[string]any)
	if _, ok := on[id]; ok {
		return
	}
	for _, p := range all.Plugins() {
		_, present := on[p.ID]
		if p.ID == id && slices.ContainsFunc(p.ConflictsWith, func(other string) bool { _, ok := on[other]; return ok }) ||
			present && slices.Contains(p.ConflictsWith, id) {
			return
		}
	}
	for _, p := range all.Plugins() {
		if p.ID == id {
			for _, needed := range p.Requires {
				w.plugin(needed)
			}
		}
	}
	w.set("plugins."+id, map[string]any{})
}

// schemaOptions lists the options of a plugin that are off and change its tables when they are on.
func schemaOptions(p *plugins.Plugin) []string {
	if p.Options == nil || p.Schema == nil {
		return nil
	}
	tree := map[string]any{}
	for _, id := range append(slices.Clone(p.Requires), p.ID) {
		put(tree, "plugins."+id, map[string]any{})
	}
	without, err := resolved(tree)
	if err != nil {
		return nil
	}
	var out []string
	for _, option := range switches(reflect.TypeOf(p.Options()).Elem(), "") {
		put(tree, "plugins."+p.ID, map[string]any{})
		put(tree, "plugins."+p.ID+"."+option, true)
		with, err := resolved(tree)
		if err == nil && len(schema.Diff(without, with, schema.DiffOptions{}).Changes) > 0 {
			out = append(out, option)
		}
	}
	return out
}

// switches lists the boolean options of a struct.
func switches(t reflect.Type, prefix string) []string {
	var out []string
	for f := range t.Fields() {
		name := f.Tag.Get("name")
		if name == "" {
			name = strings.ToLower(f.Name[:1]) + f.Name[1:]
		}
		switch f.Type.Kind() {
		case reflect.Bool:
			out = append(out, prefix+name)
		case reflect.Struct:
			out = append(out, switches(f.Type, prefix+name+".")...)
		}
	}
	return out
}

// name makes one up.
func (w *walker) name(prefix string) string {
	w.made++
	return fmt.Sprintf("%s%d", prefix, w.made)
}

func pick[T any](w *walker, list []T) T { return list[w.IntN(len(list))] }

// renameTable gives a table of the core or of a plugin another name.
func (w *walker) renameTable() {
	t := pick(w, w.schema().Tables)
	w.set(tablePath(t)+".modelName", w.name("Table "))
}

// renameColumn gives a column of the core or of a plugin another name.
func (w *walker) renameColumn() {
	t := pick(w, w.schema().Tables)
	columns := slices.DeleteFunc(slices.Clone(t.Columns), func(c schema.Column) bool { return c.Key == schema.PrimaryKey || c.Origin.Plugin == "" })
	c := pick(w, columns)
	path := tablePath(t)
	if c.Origin.Plugin != t.Origin.Plugin {
		path = "plugins." + c.Origin.Plugin + ".schema." + t.Key
	}
	w.set(path+".fields."+c.Key, w.name("a column "))
}

// tablePath is where betterauth.yaml names a table.
func tablePath(t schema.Table) string {
	if t.Origin.Plugin == "core" {
		return t.Key
	}
	return "plugins." + t.Origin.Plugin + ".schema." + t.Key
}

// addField adds a column of the user's own. A unique one may be null, because a default for all rows is not
// unique.
func (w *walker) addField() {
	f := field{pick(w, []string{"user", "session", "account", "verification"}), w.name("field")}
	kind := pick(w, []string{"string", "number", "boolean", "date", "string[]", "number[]", "json"})
	options := map[string]any{"type": kind, "required": false}
	simple := kind == "string" || kind == "number" || kind == "date"
	switch w.IntN(5) {
	case 0:
		options["required"], options["defaultValue"] = true, defaultOf(kind)
	case 1:
		options["unique"] = simple
	case 2:
		options["index"] = simple
	case 3:
		if w.ids == schema.TextIDs {
			options["type"], options["index"] = "string", true
			options["references"] = map[string]any{"model": "user", "onDelete": pick(w, []string{"cascade", "set null", "restrict"})}
		}
	}
	w.fields = append(w.fields, f)
	w.set(f.path(), options)
}

func (f field) path() string { return f.table + ".additionalFields." + f.key }

func defaultOf(kind string) any {
	return map[string]any{
		"string": "it's -- a;", "number": 7, "boolean": true, "date": "2001-02-03T04:05:06.007Z",
		"string[]": []any{"a", "it's"}, "number[]": []any{1, 2}, "json": "{}",
	}[kind]
}

// own picks a field of the user's own; false if there is none.
func (w *walker) own() (f field, options map[string]any, ok bool) {
	if len(w.fields) == 0 {
		return field{}, nil, false
	}
	f = pick(w, w.fields)
	options = w.config[f.table].(map[string]any)["additionalFields"].(map[string]any)[f.key].(map[string]any)
	return f, maps.Clone(options), true
}

// changeField makes a field required or optional, and gives it an index or takes it away.
func (w *walker) changeField() {
	f, options, ok := w.own()
	if !ok {
		return
	}
	kind, _ := options["type"].(string)
	unique, _ := options["unique"].(bool)
	if required, _ := options["required"].(bool); required {
		options["required"] = false
	} else if options["references"] == nil && !unique {
		options["required"], options["defaultValue"] = true, defaultOf(kind)
	}
	if index, _ := options["index"].(bool); !unique && (kind == "string" || kind == "number" || kind == "date") {
		options["index"] = !index
	}
	w.set(f.path(), options)
}

// renameField gives a field another key, and with it another column.
func (w *walker) renameField() {
	f, options, ok := w.own()
	if !ok {
		return
	}
	next := field{f.table, w.name("other")}
	options["renamedFrom"] = f.key
	w.forget(f)
	w.fields = append(w.fields, next)
	w.set(next.path(), options)
}

// removeField takes a field out of the configuration. Its column stays.
func (w *walker) removeField() {
	if f, _, ok := w.own(); ok {
		w.forget(f)
		w.visited = append(w.visited, "without "+f.path())
	}
}

func (w *walker) forget(f field) {
	delete(w.config[f.table].(map[string]any)["additionalFields"].(map[string]any), f.key)
	w.fields = slices.DeleteFunc(w.fields, func(other field) bool { return other == f })
}
