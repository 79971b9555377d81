package resolve

import (
	"strings"
	"testing/fstest"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

type mfaOptions struct {
	Issuer string
	Digits int
	Table  bool
}

// code returns a plugin's source with some routes.
func code(pkg string, routes ...string) fstest.MapFS {
	var b strings.Builder
	b.WriteString("package " + pkg + "\n\nfunc New(o Options, store Store, f Funcs) *Plugin { return nil }\n\nfunc (p *Plugin) Register(a *core.Auth) core.Hooks {\n")
	for _, r := range routes {
		b.WriteString("\tcore.Handle(a, \"" + r + "\", p.Do)\n")
	}
	b.WriteString("\ta.LimitPrefix(\"/" + pkg + "/\", 3, 10*time.Second)\n\treturn core.Hooks{BeforeSession: p.challenge}\n}\n")
	return fstest.MapFS{"source/" + pkg + ".go": {Data: []byte(b.String())}}
}

func column(key string) schema.Column {
	return schema.Column{Key: key, Name: key, Type: schema.String, Input: true, Returned: true}
}

func testPlugins() []*plugins.Plugin {
	mfa := &plugins.Plugin{
		ID: "mfa", Package: "mfa", Source: code("mfa", "POST /mfa/enable", "GET /mfa/:id"),
		Options: func() any { return &mfaOptions{Digits: 6, Table: true} },
		Schema: func(options any) schema.Patch {
			patch := schema.Patch{Columns: map[string][]schema.Column{"user": {column("mfaEnabled")}}}
			if options.(*mfaOptions).Table {
				owner := column("userId")
				owner.Required, owner.Ref = true, &schema.Ref{Table: "user", Column: "id"}
				patch.Tables = []schema.Table{{Key: "mfa", Name: "mfa", Columns: []schema.Column{schema.ID(), column("secret"), owner}}}
			}
			return patch
		},
		Validate: func(options any) []plugins.Problem {
			if o := options.(*mfaOptions); o.Digits != 6 && o.Digits != 8 {
				return []plugins.Problem{{Path: "digits", Message: "expected 6 or 8"}}
			}
			return nil
		},
		After: []string{"username"},
	}
	username := &plugins.Plugin{
		ID: "username", Package: "username", Source: code("username", "POST /sign-in/username"),
		Schema: func(any) schema.Patch {
			return schema.Patch{Columns: map[string][]schema.Column{"user": {column("username")}}}
		},
	}
	return []*plugins.Plugin{
		mfa, username,
		{ID: "needy", Package: "needy", Source: code("needy"), Requires: []string{"username", "ghost"}},
		{ID: "hostile", Package: "core", Source: code("core", "GET /mfa/:token", "POST /sign-out"), ConflictsWith: []string{"mfa"}},
		{ID: "copycat", Package: "mfa", Source: code("mfa"), Schema: mfa.Schema, Options: mfa.Options},
		{ID: "chicken", Package: "chicken", Source: code("chicken"), After: []string{"egg"}},
		{ID: "egg", Package: "egg", Source: code("egg"), After: []string{"chicken"}},
		{ID: "hollow", Package: "hollow"},
		{ID: "odd", Package: "odd", Source: fstest.MapFS{"source/a.go": {Data: []byte("package even\nfunc New(a *core.Auth) {}")}}},
		{ID: "astray", Package: "astray", Source: code("astray"), Schema: func(any) schema.Patch {
			return schema.Patch{Columns: map[string][]schema.Column{"nowhere": {column("x")}}}
		}},
	}
}
