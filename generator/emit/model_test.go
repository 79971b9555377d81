package emit_test

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/emit"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// withFields is the core with additional fields of user.
func withFields(columns ...schema.Column) schema.Schema {
	s := schema.Core()
	s.Tables[0].Columns = append(s.Tables[0].Columns, columns...)
	return s
}

func field(key string, typ schema.Type) schema.Column {
	return schema.Column{Key: key, Name: key, Type: typ, Input: true, Returned: true}
}

func TestModelOfAdditionalFields(t *testing.T) {
	plan := field("plan", schema.String)
	plan.Enum, plan.Required = []string{"free", "pro"}, true
	tags := field("tags", schema.StringArray)
	tags.Default = &schema.Default{Value: []any{"a"}}
	score := field("score", schema.Number)
	score.Input, score.Returned = false, false
	score.Default = &schema.Default{Value: 7}
	seen := field("seenAt", schema.Date)
	seen.Required, seen.Default = true, &schema.Default{Now: true}

	text, err := emit.Model(withFields(plan, tags, score, seen), schema.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`const storesDatesAsText = false`,
		`	UpdatedAt     Time    ` + "`json:\"updatedAt\"`" + `
	Plan          string  ` + "`json:\"plan\"`" + `
	Tags          Strings ` + "`json:\"tags\"`" + `
	Score         *int64  ` + "`json:\"-\"`" + `
	SeenAt        Time    ` + "`json:\"seenAt\"`" + `
	ID            string  ` + "`json:\"id\"`" + `

	kept keptUser
}`,
		`type UserInput struct {
	Plan   Opt[string]  ` + "`json:\"plan\"`" + `
	Tags   Opt[Strings] ` + "`json:\"tags\"`" + `
	SeenAt Opt[Time]    ` + "`json:\"seenAt\"`" + `
}`,
		`{
	in.Plan.ToRequired(&u.Plan)
	in.Tags.ToNilable(&u.Tags)
	in.SeenAt.ToRequired(&u.SeenAt)
}`,
		`Missing() string {
	if !in.Plan.Set || in.Plan.Null {
		return "plan"
	}
	return ""
}`,
		`Invalid() string {
	if in.Plan.Null {
		return "plan"
	}
	if !oneOf(in.Plan, "free", "pro") {
		return "plan"
	}
	if in.SeenAt.Null {
		return "seenAt"
	}
	return ""
}`,
		`return map[string][]string{"plan": {"free", "pro"}}`,
		`return !in.Plan.Set && !in.Tags.Set && !in.SeenAt.Set`,
		`return map[string]bool{"score": true}`,
		`{
	u.Tags = Strings{"a"}
	u.Score = ptr(int64(7))
	u.SeenAt = u.CreatedAt
}`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("missing:\n%s\nin\n%s", want, text)
		}
	}
}

func TestModelHelpersOnDemand(t *testing.T) {
	text, err := emit.Model(schema.Core(), schema.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	for _, unused := range []string{"func ptr", "func oneOf", "import"} {
		if strings.Contains(string(text), unused) {
			t.Errorf("%s without use", unused)
		}
	}
}

func TestModelNameClashes(t *testing.T) {
	for key, want := range map[string]string{
		"apply": "user.apply: the Go name Apply belongs to a method", "setDefaults": "belongs to a method",
		"email_Verified": "the Go name EmailVerified belongs to column emailVerified", "invalid": "belongs to a method",
	} {
		if _, err := emit.Model(withFields(field(key, schema.String)), schema.SQLite); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", key, err, want)
		}
	}
}

func TestModelBadDefaults(t *testing.T) {
	for typ, bad := range map[schema.Type]any{
		schema.Number: "x", schema.Date: "tomorrow", schema.StringArray: "x", schema.NumberArray: []any{"x"},
		schema.String: 1, schema.Boolean: "yes",
	} {
		c := field("bad", typ)
		c.Default = &schema.Default{Value: bad}
		if _, err := emit.Model(withFields(c), schema.SQLite); err == nil {
			t.Errorf("%s: %v is accepted", typ, bad)
		}
	}
}
