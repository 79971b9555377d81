package query_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

const (
	module = "github.com/betterauth-gen/betterauth-gen"
	root   = "../.."
)

// contract reads the Store interface of a package; a package without Go files has none.
func contract(t testing.TB, dir string) query.Contract {
	t.Helper()
	if found, _ := filepath.Glob(filepath.Join(root, dir, "*.go")); len(found) == 0 {
		return query.Contract{}
	}
	info, diags := source.Inspect(os.DirFS(root), dir, dir)
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	return query.Contract{Import: module + "/" + dir, Package: info.Package, Methods: info.Store}
}

// referenceSchema is the core with the columns of username and two-factor.
func referenceSchema() schema.Schema {
	s := schema.Core()
	user := &s.Tables[0]
	user.Columns = append(user.Columns,
		column("username", "username", schema.String, func(c *schema.Column) { c.Unique, c.Sortable = true, true }),
		column("username", "displayUsername", schema.String),
		column("two-factor", "twoFactorEnabled", schema.Boolean, noInput, value(false)),
	)
	s.Tables = append(s.Tables, twoFactorTable())
	return s
}

func twoFactorTable() schema.Table {
	const plugin = "two-factor"
	id := schema.ID()
	id.Origin.Plugin = plugin
	owner := func(c *schema.Column) { c.Ref = &schema.Ref{Table: "user", Column: "id", OnDelete: "cascade"} }
	return schema.Table{
		Key: "twoFactor", Name: "twoFactor", Origin: schema.Origin{Plugin: plugin},
		Columns: []schema.Column{
			id,
			column(plugin, "secret", schema.String, required, index, secret),
			column(plugin, "backupCodes", schema.String, required, secret),
			column(plugin, "userId", schema.String, required, index, secret, owner),
			column(plugin, "verified", schema.Boolean, noInput, value(true)),
			column(plugin, "failedVerificationCount", schema.Number, secret, noInput, value(0)),
			column(plugin, "lockedUntil", schema.Date, secret, noInput),
		},
	}
}

// customSchema has names users might choose, reserved words among them, and additional fields of
// every type.
func customSchema() schema.Schema {
	s := referenceSchema()
	rename(&s, "user", "users", map[string]string{
		"email": "email_address", "name": "select", "image": "order", "createdAt": "created_at", "username": "user",
		"twoFactorEnabled": "TwoFactorEnabled",
	})
	rename(&s, "session", "group", map[string]string{"userId": "user_id", "token": "key", "userAgent": "session_user"})
	// "name" stands for two keys now, and "email" is not the key of its column.
	rename(&s, "account", "auth_accounts", map[string]string{"userId": "owner", "scope": "name", "providerId": "email"})
	rename(&s, "twoFactor", "two_factor", map[string]string{"userId": "user_id", "secret": "on", "id": "pk"})
	user := &s.Tables[0]
	user.Columns = append(user.Columns,
		column("", "lang", schema.String, required, value("en")),
		column("", "country", schema.String, required),
		column("", "level", schema.Number, required, value(1)),
		column("", "since", schema.Date, required, value("2020-01-02T03:04:05.006Z")),
		column("", "rights", schema.StringArray, required, value([]any{})),
		column("", "score", schema.Number, noInput, func(c *schema.Column) { c.BigInt = true }),
		column("", "vip", schema.Boolean, noInput, value(false)),
		column("", "birthday", schema.Date),
		column("", "plan", schema.String, value("free"), func(c *schema.Column) { c.Enum = []string{"free", "pro"} }),
		column("", "prefs", schema.JSON, value(map[string]any{"theme": "dark"})),
		column("", "tags", schema.StringArray, value([]any{"new", "old"})),
		column("", "marks", schema.NumberArray, value([]any{1, 2.5})),
	)
	return s
}

func rename(s *schema.Schema, key, name string, columns map[string]string) {
	for i := range s.Tables {
		t := &s.Tables[i]
		if t.Key != key {
			continue
		}
		t.Name = name
		for j, c := range t.Columns {
			if physical, ok := columns[c.Key]; ok {
				t.Columns[j].Name = physical
			}
		}
	}
}

func column(plugin, key string, typ schema.Type, set ...func(*schema.Column)) schema.Column {
	c := schema.Column{Key: key, Name: key, Type: typ, Input: true, Returned: true, Origin: schema.Origin{Plugin: plugin}}
	for _, f := range set {
		f(&c)
	}
	return c
}

func required(c *schema.Column) { c.Required = true }
func index(c *schema.Column)    { c.Index = true }
func secret(c *schema.Column)   { c.Returned = false }
func noInput(c *schema.Column)  { c.Input = false }

func value(v any) func(*schema.Column) {
	return func(c *schema.Column) { c.Default = &schema.Default{Value: v} }
}
