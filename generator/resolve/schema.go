package resolve

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// place says who asked for a table or column and where its name was given.
type place struct {
	who string        // "the core", `plugin "two-factor"`, "user.additionalFields.lang"
	pos diag.Position // of the request
	at  diag.Position // of the name
}

// schema puts the tables together. The columns of a core table are the core's, then those of the
// plugins in their order, then the user's: the order of the members in responses.
func (r *resolver) schema() {
	r.places = map[string]place{}
	s := schema.Core()
	if r.model.CountsInDatabase() {
		s.Tables = append(s.Tables, schema.RateLimit())
	}
	for _, t := range s.Tables {
		r.remember(t, "the core", r.cfg.Pos(""))
	}
	for _, t := range r.cfg.Generation.Tables() {
		r.rename(&s, t.Key, t.Key, config.PluginTable{ModelName: t.ModelName, Fields: t.Fields}, nil)
	}
	if r.model.CountsInDatabase() {
		r.rename(&s, "rateLimit", "rateLimit", config.PluginTable(r.cfg.Generation.RateLimit), nil)
	}
	for i := range r.model.Plugins {
		r.patch(&s, &r.model.Plugins[i])
	}
	for _, t := range r.cfg.Generation.Tables() {
		for _, f := range t.AdditionalFields {
			r.additional(&s, t.Key, f)
		}
	}
	r.references(&s)
	s = s.WithIDs(r.ids())
	r.plural(&s)
	r.schemaName()
	r.model.Schema = s
	if before := len(r.diags.Errors()); r.names(s) == 0 && len(r.diags.Errors()) == before {
		r.sound(s)
	}
}

// ids returns what primary keys are made of.
func (r *resolver) ids() schema.IDs {
	const path = "advanced.database.generateId"
	ids, err := schema.ParseIDs(r.cfg.Generation.Advanced.Database.GenerateID)
	switch {
	case err != nil:
		r.diags.Errorf(r.cfg.Pos(path), config.CodeEnum, "%s: %v", path, err)
	case ids == schema.DatabaseIDs && r.model.Dialect == schema.MySQL:
		r.diags.Errorf(r.cfg.Pos(path), CodeOptions, "%s: MySQL does not tell which text a default made; use serial or uuid", path)
	}
	return ids
}

// schemaName checks the PostgreSQL schema the tables are in.
func (r *resolver) schemaName() {
	const path = "database.schemaName"
	name := r.cfg.Generation.Database.SchemaName
	switch {
	case name == "", !r.model.Database:
	case r.model.Dialect != schema.Postgres:
		r.diags.Errorf(r.cfg.Pos(path), CodeOptions, "%s: only PostgreSQL has schemas in a database", path)
	case !plainName.MatchString(name):
		r.diags.Errorf(r.cfg.Pos(path), CodeOptions, "%s: %q is no name of letters, digits and underscores", path, name)
	}
}

var plainName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,62}$`)

// plural puts an s behind every table's name, even one that was chosen, as upstream's adapters do.
func (r *resolver) plural(s *schema.Schema) {
	if !r.cfg.Generation.Database.UsePlural {
		return
	}
	for i := range s.Tables {
		s.Tables[i].Name += "s"
	}
}

func (r *resolver) remember(t schema.Table, who string, pos diag.Position) {
	r.places[t.Key] = place{who, pos, pos}
	for _, c := range t.Columns {
		r.places[t.Key+"."+c.Key] = place{who, pos, pos}
	}
}

// patch adds what a plugin asks for.
func (r *resolver) patch(s *schema.Schema, p *Plugin) {
	if p.Schema == nil {
		return
	}
	who := fmt.Sprintf("plugin %q", p.ID)
	origin := schema.Origin{Plugin: p.ID, Pos: p.Pos.String()}
	patch := p.Schema(p.Options)
	owned := map[string]bool{}
	for _, t := range patch.Tables {
		t.Columns = slices.Clone(t.Columns)
		t.Origin = origin
		for i := range t.Columns {
			t.Columns[i].Origin = origin
		}
		if other, ok := s.Table(t.Key); ok {
			r.clash(p.Pos, fmt.Sprintf("%s: table %q", who, t.Key), r.places[other.Key])
			continue
		}
		s.Tables = append(s.Tables, t)
		r.remember(t, who, p.Pos)
		owned[t.Key] = true
		for _, c := range t.Columns {
			owned[t.Key+"."+c.Key] = true
		}
	}
	r.patchColumns(s, p, patch, owned)
	for _, t := range p.Tables {
		path := "plugins." + p.ID + ".schema." + t.Key
		r.rename(s, t.Key, path, t.Value, owned)
	}
}

// patchColumns adds a plugin's columns to tables that exist without it.
func (r *resolver) patchColumns(s *schema.Schema, p *Plugin, patch schema.Patch, owned map[string]bool) {
	who := fmt.Sprintf("plugin %q", p.ID)
	for _, key := range sortedKeys(patch.Columns) {
		i := tableIndex(*s, key)
		if i < 0 {
			r.diags.Errorf(p.Pos, CodeSchema, "%s adds columns to table %q, which does not exist", who, key)
			continue
		}
		for _, c := range patch.Columns[key] {
			c.Origin = schema.Origin{Plugin: p.ID, Pos: p.Pos.String()}
			r.add(&s.Tables[i], c, who, place{who, p.Pos, p.Pos})
			owned[key+"."+c.Key] = true
		}
	}
}

// additional adds a column of the user's.
func (r *resolver) additional(s *schema.Schema, table string, f config.Entry[config.Field]) {
	path := table + ".additionalFields." + f.Key
	c := f.Value.Column(f.Key)
	if c.Type == 0 {
		return // config has said why
	}
	pos := r.cfg.Pos(path)
	c.Origin = schema.Origin{Pos: pos.String()}
	r.add(&s.Tables[tableIndex(*s, table)], c, path, place{path, pos, r.cfg.Pos(path + ".fieldName")})
}

// add appends a column unless the table has one that would get the same Go name.
func (r *resolver) add(t *schema.Table, c schema.Column, who string, at place) {
	for _, other := range t.Columns {
		if schema.GoName(other.Key) == schema.GoName(c.Key) {
			r.clash(at.pos, fmt.Sprintf("%s: column %q of table %q", who, c.Key, t.Key), r.places[t.Key+"."+other.Key])
			return
		}
	}
	t.Columns = append(t.Columns, c)
	r.places[t.Key+"."+c.Key] = at
}

func (r *resolver) clash(pos diag.Position, what string, other place) {
	text := what + " exists already, from " + other.who
	if other.pos.Line > 0 {
		text += " at " + other.pos.String()
	}
	r.diags.Errorf(pos, CodeClash, "%s", text)
}

// rename gives a table and its columns the names of the configuration at path. owned holds what may
// be renamed there; nil is the core, which owns what is there before any plugin.
func (r *resolver) rename(s *schema.Schema, key, path string, names config.PluginTable, owned map[string]bool) {
	i := tableIndex(*s, key)
	if i < 0 {
		r.unknownName(path, "table", key, tableKeys(*s, owned))
		return
	}
	t := &s.Tables[i]
	if names.ModelName != "" {
		r.renameTable(t, path, names.ModelName, owned == nil || owned[key])
	}
	for _, f := range names.Fields {
		at := path + ".fields." + f.Key
		j := slices.IndexFunc(t.Columns, func(c schema.Column) bool {
			return c.Key == f.Key && c.Key != schema.PrimaryKey && (owned == nil || owned[key+"."+c.Key])
		})
		if j < 0 {
			r.unknownName(at, "column", f.Key, columnKeys(*t, owned))
			continue
		}
		t.Columns[j].Name = f.Value
		r.named(key+"."+f.Key, at)
	}
}

func (r *resolver) renameTable(t *schema.Table, path, name string, mine bool) {
	if !mine {
		r.diags.Errorf(r.cfg.Pos(path+".modelName"), CodeName, "%s.modelName: the table is not the plugin's, use %s.modelName", shorten(path), t.Key)
		return
	}
	t.Name = name
	r.named(t.Key, path+".modelName")
}

func (r *resolver) named(subject, path string) {
	p := r.places[subject]
	p.at = r.cfg.Pos(path)
	r.places[subject] = p
}

func (r *resolver) unknownName(path, what, key string, known []string) {
	r.diags.Add(diag.Diagnostic{
		Severity: diag.Error, Code: CodeName, Pos: r.cfg.Pos(path),
		Summary: fmt.Sprintf("%s: there is no %s %q to name", shorten(path), what, key), Suggestion: config.Suggest(key, known),
	})
}

// references replaces the names by which the user's columns refer to tables and columns with keys.
func (r *resolver) references(s *schema.Schema) {
	for i := range s.Tables {
		for j := range s.Tables[i].Columns {
			ref := s.Tables[i].Columns[j].Ref
			if ref == nil {
				continue
			}
			k := slices.IndexFunc(s.Tables, func(t schema.Table) bool { return t.Key == ref.Table || t.Name == ref.Table })
			if k < 0 {
				continue // reported with the rest
			}
			resolved := *ref
			resolved.Table = s.Tables[k].Key
			for _, c := range s.Tables[k].Columns {
				if c.Name == ref.Column {
					resolved.Column = c.Key
				}
			}
			s.Tables[i].Columns[j].Ref = &resolved
		}
	}
}

// names reports tables, and columns of a table, with the same name in the database, and counts them.
func (r *resolver) names(s schema.Schema) (clashes int) {
	tables := map[string]string{}
	report := func(seen map[string]string, name, subject string) {
		name = strings.ToLower(name) // databases ignore case, some of them
		first, dup := seen[name]
		if !dup {
			seen[name] = subject
			return
		}
		clashes++
		if r.places[subject].at.Line == 0 { // the one that was written is to be changed
			subject, first = first, subject
		}
		r.diags.Errorf(r.places[subject].at, CodeClash, "%s has the database name %q, which %s has too%s", subject, name, first, where(r.places[first]))
	}
	for _, t := range s.Tables {
		report(tables, t.Name, t.Key)
		columns := map[string]string{}
		for _, c := range t.Columns {
			report(columns, c.Name, t.Key+"."+c.Key)
		}
	}
	return clashes
}

func where(p place) string {
	if p.at.Line > 0 {
		return " (" + p.at.String() + ")"
	}
	return ""
}

// sound reports what else is wrong.
func (r *resolver) sound(s schema.Schema) {
	for _, p := range s.Validate() {
		pos := r.places[p.Subject].pos
		if strings.Contains(p.Message, "database name") {
			pos = r.places[p.Subject].at
		}
		r.diags.Errorf(pos, CodeSchema, "%s %s", p.Subject, p.Message)
	}
}

// shorten makes a path readable that is below plugins.
func shorten(path string) string {
	if rest, ok := strings.CutPrefix(path, "plugins."); ok {
		id, option, _ := strings.Cut(rest, ".")
		return fmt.Sprintf("plugin %q: %s", id, option)
	}
	return path
}

func tableIndex(s schema.Schema, key string) int {
	return slices.IndexFunc(s.Tables, func(t schema.Table) bool { return t.Key == key })
}

func tableKeys(s schema.Schema, owned map[string]bool) []string {
	var out []string
	for _, t := range s.Tables {
		if owned == nil || owned[t.Key] || len(columnKeys(t, owned)) > 0 {
			out = append(out, t.Key)
		}
	}
	return out
}

func columnKeys(t schema.Table, owned map[string]bool) []string {
	var out []string
	for _, c := range t.Columns {
		if c.Key != schema.PrimaryKey && (owned == nil || owned[t.Key+"."+c.Key]) {
			out = append(out, c.Key)
		}
	}
	return out
}

func sortedKeys(m map[string][]schema.Column) []string {
	out := make([]string, 0, len(m))
	for key := range m {
		out = append(out, key)
	}
	slices.Sort(out)
	return out
}
