package schema_test

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestValidate(t *testing.T) {
	column := func(c schema.Column) func(*schema.Schema) {
		return func(s *schema.Schema) {
			if c.Name == "" {
				c.Name = c.Key
			}
			c.Origin = schema.Origin{Pos: "betterauth.yaml:3:5"}
			s.Tables[0].Columns = append(s.Tables[0].Columns, c)
		}
	}
	for name, test := range map[string]struct {
		edit func(*schema.Schema)
		want string
	}{
		"unknown ref": {
			column(schema.Column{Key: "orgId", Type: schema.String, Ref: &schema.Ref{Table: "org", Column: "id"}}),
			"user.orgId: refers to org.id, which does not exist [betterauth.yaml:3:5]",
		},
		"ref to a column that is not unique": {
			column(schema.Column{Key: "x", Type: schema.String, Ref: &schema.Ref{Table: "user", Column: "name"}}),
			"user.x: refers to user.name, which is not unique",
		},
		"ref of another type": {
			column(schema.Column{Key: "x", Type: schema.Number, Ref: &schema.Ref{Table: "user", Column: "id"}}),
			"user.x: is a number but refers to user.id, a string",
		},
		"unknown action": {
			column(schema.Column{Key: "x", Type: schema.String, Ref: &schema.Ref{Table: "user", Column: "id", OnDelete: "explode"}}),
			`user.x: has the unknown onDelete action "explode"`,
		},
		"set null on a required column": {
			column(schema.Column{Key: "x", Type: schema.String, Required: true, Ref: &schema.Ref{Table: "user", Column: "id", OnDelete: "set null"}}),
			"user.x: is required, so onDelete cannot set it to null",
		},
		"same database name, other case": {
			column(schema.Column{Key: "mail", Name: "EMAIL", Type: schema.String}),
			`user.mail: has the database name "EMAIL", which is taken by "email"`,
		},
		"declared twice": {
			column(schema.Column{Key: "email", Name: "other", Type: schema.String}),
			`user.email: is declared twice (also as "email")`,
		},
		"quote in a name": {
			column(schema.Column{Key: "x", Name: `x" text); DROP TABLE "user`, Type: schema.String}),
			"user.x: has a database name that contains a quote",
		},
		"long name": {
			column(schema.Column{Key: "x", Name: strings.Repeat("x", 64), Type: schema.String}),
			"user.x: has a database name that is longer than 63 bytes",
		},
		"bad key": {
			column(schema.Column{Key: "a b", Type: schema.String}),
			"user.a b: has a key that is not a plain identifier",
		},
		"no type": {column(schema.Column{Key: "x"}), "user.x: has no type"},
		"bigint string": {
			column(schema.Column{Key: "x", Type: schema.String, BigInt: true}),
			"user.x: is marked bigint but is a string",
		},
		"indexed JSON": {
			column(schema.Column{Key: "x", Type: schema.JSON, Unique: true}),
			"user.x: cannot be indexed: it is stored as JSON",
		},
		"default of another type": {
			column(schema.Column{Key: "x", Type: schema.Boolean, Default: &schema.Default{Value: "yes"}}),
			"user.x: has a default that does not fit: yes is no boolean",
		},
		"default outside the list": {
			column(schema.Column{Key: "x", Type: schema.String, Enum: []string{"a", "b"}, Default: &schema.Default{Value: "c"}}),
			`user.x: has a default that does not fit: "c" is none of a, b`,
		},
		"default with a line break": {
			column(schema.Column{Key: "x", Type: schema.String, Default: &schema.Default{Value: "a\n;"}}),
			"contains a line break",
		},
		"fraction": {
			column(schema.Column{Key: "x", Type: schema.Number, Default: &schema.Default{Value: 1.5}}),
			"1.5 is no whole number",
		},
		"number too large": {
			column(schema.Column{Key: "x", Type: schema.Number, Default: &schema.Default{Value: 3_000_000_000}}),
			"3000000000 needs bigint",
		},
		"now for a string": {
			column(schema.Column{Key: "x", Type: schema.String, Default: &schema.Default{Now: true}}),
			"the current time is no string",
		},
		"index on nothing": {
			func(s *schema.Schema) { s.Tables[0].Indexes = []schema.Index{{Columns: []string{"nope"}}} },
			`user: has an index "user_nope_idx" on the unknown column "nope"`,
		},
		"table without id": {
			func(s *schema.Schema) { s.Tables[3].Columns = s.Tables[3].Columns[1:] },
			`verification: must have "id" as its first column [core]`,
		},
		"table name taken": {
			func(s *schema.Schema) { s.Tables[1].Name = "USER" },
			`session: has the database name "USER", which is taken by "user"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := schema.Core()
			test.edit(&s)
			problems := s.Validate()
			for _, p := range problems {
				if strings.Contains(p.Error(), test.want) {
					return
				}
			}
			t.Errorf("problems = %v\nwant one with %q", problems, test.want)
		})
	}
}

func TestValidateReportsGoNameCollision(t *testing.T) {
	s := schema.Core()
	s.Tables[1].Columns = append(s.Tables[1].Columns, schema.Column{Key: "userID", Name: "user_id", Type: schema.String})
	problems := s.Validate()
	if len(problems) != 1 || problems[0].Subject != "session.userID" {
		t.Errorf("problems = %v, want one about session.userID, which is UserID in Go as userId is", problems)
	}
}

func TestIndexNameStaysShortAndDistinct(t *testing.T) {
	long := strings.Repeat("x", 70)
	a, b := schema.IndexName("user", true, long+"a"), schema.IndexName("user", true, long+"b")
	if len(a) > 63 || a == b {
		t.Errorf("IndexName gave %q and %q", a, b)
	}
}
