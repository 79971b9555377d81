package config

import (
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/gotype"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Table is a core table with its options.
type Table struct {
	Key string // "user"
	TableOptions
}

// Tables returns the options of the core tables in the order of the schema.
func (g Generation) Tables() []Table {
	return []Table{{"user", g.User}, {"session", g.Session}, {"account", g.Account}, {"verification", g.Verification}}
}

// Column returns the column the field stands for.
func (f Field) Column(key string) schema.Column {
	c := schema.Column{
		Key: key, Name: f.FieldName, Enum: f.Type.Enum,
		Required: orTrue(f.Required), Unique: f.Unique, Index: f.Index, Sortable: f.Sortable, BigInt: f.BigInt,
		Input: orTrue(f.Input), Returned: orTrue(f.Returned), RenamedFrom: f.RenamedFrom,
	}
	if c.Name == "" {
		c.Name = key
	}
	if c.Type = schema.String; len(f.Type.Enum) == 0 {
		c.Type, _ = schema.ParseType(f.Type.Name) // checked when it was read
	}
	switch {
	case f.DefaultValue.Value == "now" && c.Type == schema.Date:
		c.Default = &schema.Default{Now: true}
	case f.DefaultValue.Value != nil:
		c.Default = &schema.Default{Value: f.DefaultValue.Value}
	}
	if f.References != nil {
		c.Ref = &schema.Ref{Table: f.References.Model, Column: f.References.Field, OnDelete: f.References.OnDelete}
		if c.Ref.Column == "" {
			c.Ref.Column = schema.PrimaryKey
		}
	}
	return c
}

func orTrue(b *bool) bool { return b == nil || *b }

func fieldTypes() []string {
	var out []string
	for _, t := range schema.Types() {
		out = append(out, t.String())
	}
	return out
}

// checkFields checks the additional fields of a table, each by itself. Whether they go with the other
// columns depends on the plugins.
func (l *loader) checkFields(t Table) {
	for _, f := range t.AdditionalFields {
		path := t.Key + ".additionalFields." + f.Key
		if f.Value.Type.Name == "" && len(f.Value.Type.Enum) == 0 {
			if !l.cfg.Has(path + ".type") { // a wrong one has been reported
				l.errorf(l.pos(path), CodeField, "%s has no type", path)
			}
			continue
		}
		if why := reserved(t.Key, f.Key); why != "" {
			l.diags.Add(diag.Diagnostic{
				Severity: diag.Error, Code: CodeField, Pos: l.pos(path),
				Summary:    path + ": the name is reserved: " + why,
				Suggestion: "choose another; fieldName says what the column is called",
			})
			continue
		}
		l.checkField(t.Key, path, f.Value.Column(f.Key))
	}
}

// checkField validates a table that has nothing but the field.
func (l *loader) checkField(table, path string, c schema.Column) {
	alone := c
	alone.Ref = nil
	s := schema.Schema{Tables: []schema.Table{{Key: table, Name: table, Columns: []schema.Column{schema.ID(), alone}}}}
	for _, p := range s.Validate() {
		at := path
		if strings.Contains(p.Message, "default") {
			at += ".defaultValue"
		}
		l.errorf(l.pos(at), CodeField, "%s %s", path, p.Message)
	}
	if c.Required && c.Default == nil && (table != "user" || !c.Input) {
		l.unsetField(table, path)
	}
}

// unsetField warns of a required field that nobody sends when its row is made: a string then is "".
func (l *loader) unsetField(table, path string) {
	why := "clients may not set it"
	if table != "user" {
		why = "no client sends it when " + articled(table) + " is made"
	}
	l.diags.Add(diag.Diagnostic{
		Severity: diag.Warning, Code: CodeField, Pos: l.pos(path),
		Summary:    path + " is required, but " + why + " and it has no default: a hook must",
		Suggestion: "add defaultValue or required: false, unless a hook sets it",
	})
}

func articled(table string) string {
	if table == "account" {
		return "an " + table
	}
	return "a " + table
}

// reserved reports why a field cannot have the name, or "". Names that only clash with another column
// are not its business.
func reserved(table, key string) string {
	taken := append(gotype.Taken(table), gotype.TakenByFunctions(table)...)
	switch {
	case key == schema.PrimaryKey:
		return "it is the primary key"
	case slices.Contains(taken, schema.GoName(key)):
		return "the Go type has something else called " + schema.GoName(key)
	case table == "user" && slices.Contains([]string{"password", "rememberMe", "callbackURL"}, key):
		return "sign-up has a member of that name"
	}
	return ""
}
