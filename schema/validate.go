package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Problem is one thing that is wrong with a schema.
type Problem struct {
	Subject string // "user" or "user.email"
	Message string
	Origin  Origin // who asked for the subject
}

// Error implements error.
func (p Problem) Error() string {
	text := p.Subject + ": " + p.Message
	if origin := p.Origin.String(); origin != "" {
		text += " [" + origin + "]"
	}
	return text
}

// Validate returns every problem of the schema, in declaration order, or nil.
func (s Schema) Validate() []Problem {
	v := validator{schema: s}
	v.tables()
	if _, err := s.CreationOrder(); err != nil {
		v.report("schema", Origin{}, "%v", err)
	}
	return v.problems
}

type validator struct {
	schema   Schema
	problems []Problem
}

func (v *validator) report(subject string, origin Origin, format string, args ...any) {
	v.problems = append(v.problems, Problem{subject, fmt.Sprintf(format, args...), origin})
}

func (v *validator) tables() {
	keys, names, indexes := seen{}, seen{}, seen{}
	for _, t := range v.schema.Tables {
		v.names(t.Key, t.Key, t.Name, t.Origin)
		if other, dup := keys.add(GoName(t.Key), t.Key); dup {
			v.report(t.Key, t.Origin, "is declared twice (also as %q)", other)
		}
		// SQLite, and MySQL on some systems, ignore the case of table names.
		if other, dup := names.add(strings.ToLower(t.Name), t.Key); dup {
			v.report(t.Key, t.Origin, "has the database name %q, which is taken by %q", t.Name, other)
		}
		v.columns(t)
		v.indexes(t, indexes)
	}
}

func (v *validator) columns(t Table) {
	if len(t.Columns) == 0 || t.Columns[0].Key != PrimaryKey {
		v.report(t.Key, t.Origin, "must have %q as its first column", PrimaryKey)
	}
	keys, names := seen{}, seen{}
	for _, c := range t.Columns {
		subject := t.Key + "." + c.Key
		v.names(subject, c.Key, c.Name, c.Origin)
		if other, dup := keys.add(GoName(c.Key), c.Key); dup {
			v.report(subject, c.Origin, "is declared twice (also as %q)", other)
		}
		if other, dup := names.add(strings.ToLower(c.Name), c.Key); dup {
			v.report(subject, c.Origin, "has the database name %q, which is taken by %q", c.Name, other)
		}
		v.column(subject, c)
		if _, ok := t.Column(c.RenamedFrom); ok {
			v.report(subject, c.Origin, "is renamed from %q, which is still there", c.RenamedFrom)
		}
		v.ref(subject, c)
	}
}

func (v *validator) column(subject string, c Column) {
	if !slices.Contains(Types(), c.Type) {
		v.report(subject, c.Origin, "has no type")
	}
	if len(c.Enum) > 0 && c.Type != String {
		v.report(subject, c.Origin, "lists allowed values but is a %s", c.Type)
	}
	if c.BigInt && c.Type != Number {
		v.report(subject, c.Origin, "is marked bigint but is a %s", c.Type)
	}
	if (c.Unique || c.Index) && c.Type.IsDocument() {
		v.report(subject, c.Origin, "cannot be indexed: it is stored as JSON")
	}
	if c.Key == PrimaryKey && (c.Type != String || !c.Required || c.Ref != nil) {
		v.report(subject, c.Origin, "must be a required string without a reference")
	}
	if c.Default != nil {
		if err := c.Default.check(c); err != nil {
			v.report(subject, c.Origin, "has a default that does not fit: %v", err)
		}
	}
}

func (v *validator) ref(subject string, c Column) {
	if c.Ref == nil {
		return
	}
	target := c.Ref.Table + "." + c.Ref.Column
	if !slices.Contains(OnDeleteActions(), c.Ref.Action()) {
		v.report(subject, c.Origin, "has the unknown onDelete action %q (want one of %s)",
			c.Ref.OnDelete, strings.Join(OnDeleteActions(), ", "))
	}
	if c.Ref.Action() == "set null" && c.Required {
		v.report(subject, c.Origin, "is required, so onDelete cannot set it to null")
	}
	to, ok := v.schema.Column(c.Ref.Table, c.Ref.Column)
	switch {
	case !ok:
		v.report(subject, c.Origin, "refers to %s, which does not exist", target)
	case to.Key != PrimaryKey && !to.Unique:
		v.report(subject, c.Origin, "refers to %s, which is not unique", target)
	case to.Type != c.Type || to.BigInt != c.BigInt:
		v.report(subject, c.Origin, "is a %s but refers to %s, a %s", c.Type, target, to.Type)
	}
}

func (v *validator) indexes(t Table, names seen) {
	for _, ix := range t.AllIndexes() {
		if other, dup := names.add(strings.ToLower(ix.Name), t.Key); dup {
			v.report(t.Key, t.Origin, "has an index named %q, as has %q", ix.Name, other)
		}
		if err := checkName(ix.Name); err != nil {
			v.report(t.Key, t.Origin, "has an index whose name %v", err)
		}
		if len(ix.Columns) == 0 {
			v.report(t.Key, t.Origin, "has an index %q without columns", ix.Name)
		}
		for _, key := range ix.Columns {
			if c, ok := t.Column(key); !ok {
				v.report(t.Key, t.Origin, "has an index %q on the unknown column %q", ix.Name, key)
			} else if c.Type.IsDocument() && !c.Unique && !c.Index {
				v.report(t.Key, t.Origin, "has an index %q on %q, which is stored as JSON", ix.Name, key)
			}
		}
	}
}

var keyPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// names checks the canonical and the physical name of one thing.
func (v *validator) names(subject, key, name string, origin Origin) {
	if !keyPattern.MatchString(key) {
		v.report(subject, origin, "has a key that is not a plain identifier")
	}
	if err := checkName(name); err != nil {
		v.report(subject, origin, "has a database name that %v", err)
	}
}

// checkName is stricter than SQL: every name is quoted when printed, but quotes
// inside one would have to survive sqlc, goose and the user's own tools too.
func checkName(name string) error {
	switch {
	case name == "":
		return fmt.Errorf("is empty")
	case len(name) > maxIdentifier:
		return fmt.Errorf("is longer than %d bytes", maxIdentifier)
	case strings.TrimSpace(name) != name:
		return fmt.Errorf("begins or ends with a blank")
	case strings.ContainsAny(name, "\"'`;\\[]") || strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Errorf("contains a quote, semicolon, bracket, backslash or control character")
	}
	return nil
}

// seen maps a normalised name to who used it first.
type seen map[string]string

func (s seen) add(name, owner string) (first string, dup bool) {
	if first, dup = s[name]; dup {
		return first, true
	}
	s[name] = owner
	return "", false
}
