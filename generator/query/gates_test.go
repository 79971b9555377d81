package query_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// generate compiles one template of a plugin "test" with the methods it is written for.
func generate(t *testing.T, d schema.Dialect, text string, methods ...source.Method) (map[string][]byte, error) {
	t.Helper()
	in := appInput(t, d, customSchema())
	in.Sources = []query.Source{{
		Name:      "test",
		Templates: fstest.MapFS{"test.sql.tmpl": {Data: []byte(text)}},
		Contract:  query.Contract{Import: appModule + "/internal/auth/test", Package: "test", Methods: methods},
	}}
	return query.Generate(t.Context(), in)
}

const before = "-- name: First :exec\nDELETE FROM {{table \"user\"}};\n\n"

// TestSilentFailures feeds sqlc what it is known to accept and get wrong.
func TestSilentFailures(t *testing.T) {
	tests := []struct {
		name    string
		dialect schema.Dialect
		query   string
		want    string
	}{
		{"parameter in ORDER BY", schema.SQLite,
			`SELECT {{col "user.id"}} FROM {{table "user"}} ORDER BY CASE WHEN {{arg "sort"}} = 'name' THEN {{col "user.name"}} END`,
			`sqlc left "sqlc.arg"`},
		{"at-parameter in ORDER BY", schema.SQLite,
			`SELECT {{col "user.id"}} FROM {{table "user"}} ORDER BY CASE WHEN @sort = 'name' THEN {{col "user.name"}} END`,
			`sqlc left "@sort"`},
		{"mark in ORDER BY", schema.SQLite,
			`SELECT {{col "user.id"}} FROM {{table "user"}} ORDER BY CASE WHEN ? = 'name' THEN {{col "user.name"}} END`,
			`1 placeholders, but 0 values`},
		{"parameter in HAVING", schema.SQLite,
			`SELECT {{col "session.userId"}} FROM {{table "session"}} GROUP BY {{col "session.userId"}} HAVING count(*) > {{arg "min"}}`,
			`sqlc left "sqlc.arg"`},
		{"parameter in ON CONFLICT", schema.SQLite,
			`INSERT INTO {{table "verification"}} ({{cols "verification"}}) VALUES ({{args "verification"}}) ON CONFLICT ({{col "verification.id"}}) DO UPDATE SET {{col "verification.value"}} = {{arg "other"}} RETURNING {{col "verification.id"}}`,
			`sqlc left "sqlc.arg"`},
		{"list before another parameter", schema.SQLite,
			`SELECT {{col "user.id"}} FROM {{table "user"}} WHERE {{col "user.id"}} IN (sqlc.slice('ids')) AND {{col "user.email"}} = {{arg "email"}}`,
			`sqlc.slice`},
		{"list on PostgreSQL", schema.Postgres,
			`SELECT {{col "user.id"}} FROM {{table "user"}} WHERE {{col "user.id"}} IN (sqlc.slice('ids'))`,
			`sqlc.slice`},
		{"outer join of an embedded table", schema.SQLite,
			`SELECT sqlc.embed(s), sqlc.embed(u) FROM {{table "session"}} AS s LEFT JOIN {{table "user"}} AS u ON u.{{col "user.id"}} = s.{{col "session.userId"}}`,
			`outer join`},
		{"update that cannot set null", schema.Postgres,
			`UPDATE {{table "user"}} SET {{col "user.image"}} = COALESCE(sqlc.narg('image'), {{col "user.image"}}) RETURNING {{col "user.id"}}`,
			`never set NULL`},
		{"parameter without a type", schema.MySQL,
			`SELECT {{col "user.id"}} FROM {{table "user"}} ORDER BY CASE WHEN CAST({{arg "sort"}} AS char) = 'name' THEN {{col "user.name"}} END`,
			`has no type`},
		{"parameter without a type on SQLite", schema.SQLite,
			`SELECT {{col "user.id"}} FROM {{table "user"}} WHERE {{arg "left"}} = {{arg "right"}}`,
			`has no type`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := generate(t, test.dialect, before+"-- name: Broken :many\n"+test.query+";\n")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, want %q", err, test.want)
			}
			if !strings.HasPrefix(err.Error(), "test/queries/test.sql.tmpl:4: error: query Broken: ") {
				t.Errorf("place is missing: %v", err)
			}
		})
	}
}

// TestHarmlessText checks that the gates are not fooled by what is only text.
func TestHarmlessText(t *testing.T) {
	const text = "-- name: UsersAtHome :many\n-- sqlc.slice and @names in a comment, a LEFT JOIN too\n" +
		"SELECT {{cols \"user\"}}\nFROM {{table \"user\"}}\nWHERE {{col \"user.name\"}} <> 'sqlc.arg(x) @y ? $1' AND {{col \"user.email\"}} = {{arg \"email\"}};\n"
	for _, d := range schema.Dialects() {
		if _, err := generate(t, d, text); err != nil {
			t.Errorf("%s: %v", d, err)
		}
	}
}

// TestNonASCII: sqlc would garble every query after the comment, on SQLite only.
func TestNonASCII(t *testing.T) {
	const text = "-- name: First :exec\n-- größer\nDELETE FROM {{table \"user\"}} WHERE {{col \"user.id\"}} = {{arg \"id\"}};\n\n"
	for _, d := range schema.Dialects() {
		_, err := generate(t, d, text)
		switch {
		case d != schema.SQLite && err != nil:
			t.Errorf("%s: %v", d, err)
		case d == schema.SQLite && (err == nil || !strings.HasPrefix(err.Error(), "test/queries/test.sql.tmpl:2: error: 'ö' is not ASCII")):
			t.Errorf("%s: %v", d, err)
		}
	}
}

func TestUnfitNames(t *testing.T) {
	for _, test := range []struct {
		dialect schema.Dialect
		name    string
		ok      bool
	}{
		{schema.SQLite, "RETURNING", false}, {schema.MySQL, "RETURNING", true},
		{schema.Postgres, "first-name", false}, {schema.Postgres, "größe", false}, {schema.MySQL, "1st", false},
		{schema.Postgres, "select", true}, {schema.SQLite, "_x1", true},
	} {
		s := referenceSchema()
		s.Tables[1].Columns[1].Name = test.name
		s.Tables[1].Columns[1].Origin.Pos = "betterauth.yaml:3:7"
		_, err := query.Render(appInput(t, test.dialect, s))
		if (err == nil) != test.ok || err != nil && !strings.HasPrefix(err.Error(), "betterauth.yaml:3:7: error: session.expiresAt: ") {
			t.Errorf("%s %s: %v", test.dialect, test.name, err)
		}
	}
}

func TestErrorsNameTheTemplate(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"unknown column": {
			before + "-- name: Broken :one\nSELECT 1\nFROM x WHERE {{col \"user.nope\"}} = 1;\n",
			`test/queries/test.sql.tmpl:6: error: unknown column "user.nope"`,
		},
		"unknown table": {
			"-- name: Broken :one\nSELECT {{cols \"nope\"}};\n",
			`test/queries/test.sql.tmpl:2: error: unknown table "nope"`,
		},
		"unknown function": {
			"{{nope}}\n", `test/queries/test.sql.tmpl:1: error: function "nope" not defined`,
		},
		"column sqlc does not find": {
			before + "-- name: Broken :one\nSELECT {{col \"user.id\"}}\nFROM {{table \"user\"}}\nWHERE nope = {{arg \"x\"}};\n",
			`test/queries/test.sql.tmpl:7: error: query Broken: column "nope" does not exist`,
		},
		"syntax": {
			before + "-- name: Broken :one\nSELECT FROM WHERE;\n", `query Broken: `,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := generate(t, schema.Postgres, test.text)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
}

func method(name string, results []string, params ...source.Param) source.Method {
	m := source.Method{Name: name, Params: append([]source.Param{{Name: "ctx", Type: "context.Context"}}, params...)}
	for _, r := range append(results, "error") {
		m.Results = append(m.Results, source.Param{Type: r})
	}
	return m
}

// TestMisfits checks that a query and its method have to agree.
func TestMisfits(t *testing.T) {
	const (
		byID    = "-- name: Broken :one\nSELECT {{cols \"user\"}} FROM {{table \"user\"}} WHERE {{col \"user.id\"}} = {{arg \"id\"}};\n"
		partial = "-- name: Broken :one\nSELECT {{cols \"user\" \"id\" \"email\"}} FROM {{table \"user\"}} WHERE {{col \"user.id\"}} = {{arg \"id\"}};\n"
		remove  = "-- name: Broken :exec\nDELETE FROM {{table \"user\"}} WHERE {{col \"user.createdAt\"}} < {{arg \"now\"}};\n"
		embed   = "-- name: Broken :one\nSELECT sqlc.embed(u), sqlc.embed(s) FROM {{table \"user\"}} AS u JOIN {{table \"session\"}} AS s ON u.{{col \"user.id\"}} = s.{{col \"session.userId\"}};\n"
	)
	id := source.Param{Name: "id", Type: "string"}
	tests := map[string]struct {
		text   string
		method source.Method
		want   string
	}{
		"no query":           {before, method("Missing", nil), "no query is called Missing"},
		"no context":         {byID, source.Method{Name: "Broken"}, "its first parameter is not a context"},
		"other name":         {byID, method("Broken", []string{"*model.User"}, source.Param{Name: "key", Type: "string"}), "parameter id has no counterpart"},
		"other type":         {byID, method("Broken", []string{"*model.User"}, source.Param{Name: "id", Type: "int64"}), "parameter id is string, not int64"},
		"unused parameter":   {byID, method("Broken", []string{"*model.User"}, id, source.Param{Name: "more", Type: "string"}), "does not use parameter more"},
		"other row":          {byID, method("Broken", []string{"*model.Session"}, id), `does not give the columns of table "session"`},
		"some columns":       {partial, method("Broken", []string{"*model.User"}, id), `does not give the columns of table "user"`},
		"list of one":        {byID, method("Broken", []string{"[]model.User"}, id), `does not list the columns of table "user"`},
		"no result":          {remove, method("Broken", []string{"int64"}, source.Param{Name: "now", Type: "model.Time"}), "the query gives 0 results, the method 1"},
		"pointer to a value": {remove, method("Broken", nil, source.Param{Name: "now", Type: "*model.Time"}), "parameter now is model.Time, not *model.Time"},
		"other order":        {embed, method("Broken", []string{"*model.Session", "*model.User"}), "result 1 is *model.Session, but the query embeds User there"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := generate(t, schema.Postgres, test.text, test.method)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
}

// TestCompileEdited compiles queries the user has edited: further ones are fine, and errors name the
// file the user has.
func TestCompileEdited(t *testing.T) {
	in := appInput(t, schema.Postgres, customSchema())
	texts, err := query.Render(in)
	if err != nil {
		t.Fatal(err)
	}
	pristine := texts["queries/core.sql"]
	texts["queries/core.sql"] = append(pristine[:len(pristine):len(pristine)],
		"\n-- name: CountUsers :one\nSELECT count(*) FROM users WHERE email_address = $1;\n"...)
	files, err := query.Compile(t.Context(), in, texts)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(files["db/core.sql.go"]), "func (q *Queries) CountUsers(") {
		t.Error("the user's query is missing")
	}
	texts["queries/mine.sql"] = []byte("-- name: Mine :one\nSELECT nope FROM users;\n")
	_, err = query.Compile(t.Context(), in, texts)
	if err == nil || !strings.HasPrefix(err.Error(), "queries/mine.sql:") {
		t.Errorf("got %v", err)
	}
}

// TestGenerateIgnoresEnvironment runs with settings that would change or garble sqlc's output.
func TestGenerateIgnoresEnvironment(t *testing.T) {
	want, err := generate(t, schema.MySQL, before)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("SQLCDEBUG", "dumpast=1,trace="+t.TempDir()+"/trace.out")
	t.Setenv("SQLCEXPERIMENT", "nope")
	got, err := generate(t, schema.MySQL, before)
	if err != nil {
		t.Fatal(err)
	}
	for name := range want {
		if string(got[name]) != string(want[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestGenerateLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	if _, err := generate(t, schema.MySQL, before); err != nil {
		t.Fatal(err)
	}
	if _, err := generate(t, schema.MySQL, "-- name: Broken :one\nSELECT nope;\n"); err == nil {
		t.Fatal("no error")
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
