package query

import (
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestFunctions(t *testing.T) {
	s := schema.Core()
	s.Tables[3].Name = "checks"
	s.Tables[3].Columns[1].Name = "what"
	n := namer{schema.MySQL, s}
	for want, got := range map[string]func() (string, error){
		"`checks`":        func() (string, error) { return n.table("verification") },
		"`what`":          func() (string, error) { return n.col("verification.identifier") },
		"`what`, `value`": func() (string, error) { return n.cols("verification", "identifier", "value") },
		"`value` = sqlc.arg('value'), `what` = sqlc.arg('identifier')": func() (string, error) {
			return n.sets("verification", "value", "identifier")
		},
		"sqlc.arg('identifier')": func() (string, error) { return n.args("verification", "identifier") },
	} {
		if text, err := got(); err != nil || text != want {
			t.Errorf("got %s, %v; want %s", text, err, want)
		}
	}
	if text, _ := n.sets("verification"); strings.Contains(text, "`id`") || strings.Count(text, "=") != 5 {
		t.Errorf("sets of all: %s", text)
	}
	for _, bad := range []func() (string, error){
		func() (string, error) { return n.table("nope") },
		func() (string, error) { return n.cols("nope") },
		func() (string, error) { return n.sets("nope") },
		func() (string, error) { return n.col("user") },
		func() (string, error) { return n.col("user.nope") },
		func() (string, error) { return n.args("user", "nope") },
	} {
		if text, err := bad(); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestForUpdate(t *testing.T) {
	for d, want := range map[schema.Dialect]string{schema.SQLite: "", schema.Postgres: "\nFOR UPDATE", schema.MySQL: "\nFOR UPDATE"} {
		if got := (namer{dialect: d}).forUpdate(); got != want {
			t.Errorf("%s: %q", d, got)
		}
	}
}

// TestRenames leaves names to sqlc that stand for two keys; structs always get theirs.
func TestRenames(t *testing.T) {
	s := schema.Core()
	s.Tables[0].Columns[1].Name = "Display_Name" // user.name
	s.Tables[2].Columns[1].Name = "email"        // account.accountId
	s.Tables[3].Columns[2].Name = "user"         // verification.value
	got := renames(schema.MySQL, s)
	for name, want := range map[string]string{
		"display_name": "Name", "name": "Name", "userid": "UserID", "userId": "UserID", "email": "", "user": "User",
	} {
		if got[name] != want {
			t.Errorf("%s is renamed to %q, want %q", name, got[name], want)
		}
	}
	if got := renames(schema.Postgres, s); got["Display_Name"] != "Name" {
		t.Errorf("case is lost: %v", got)
	}
}

func TestPlaceholders(t *testing.T) {
	for _, test := range []struct {
		dialect schema.Dialect
		text    string
		want    int
	}{
		{schema.Postgres, "a = $1 AND b = $2 AND c = $1", 2},
		{schema.Postgres, "a = '$9' AND \"$8\" = $1 -- $7", 1},
		{schema.SQLite, "a = ?1 AND b = ?2 AND c = ?2", 2},
		{schema.MySQL, "a = ? AND b = '?' AND `?` = ? /* ? */", 2},
		{schema.MySQL, "a = 'it''s ?' AND b = ?", 1},
	} {
		if got := placeholders(test.dialect, bare(test.text)); got != test.want {
			t.Errorf("%s %s: %d, want %d", test.dialect, test.text, got, test.want)
		}
	}
}

func TestChildEnv(t *testing.T) {
	got := childEnv([]string{"PATH=/bin", "SQLCDEBUG=1", "SQLCEXPERIMENT=x", "SQLC_AUTH_TOKEN=y", "SQLDEBUG=1", "SQLITE_TMPDIR=/t"})
	if !slices.Equal(got, []string{"PATH=/bin", "SQLITE_TMPDIR=/t", "GOGC=400"}) {
		t.Errorf("got %v", got)
	}
}

func TestLowerFirst(t *testing.T) {
	for name, want := range map[string]string{"User": "user", "TwoFactor": "twoFactor", "APIKey": "apiKey", "JWKS": "jwks", "OAuthClient": "oAuthClient"} {
		if got := lowerFirst(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
