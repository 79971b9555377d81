package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

func TestChecklist(t *testing.T) {
	const (
		shared  = "rate limits are shared between instances"
		secret  = "a secret of at least 32 characters"
		origins = "trusted origins name no wildcard host"
		uris    = "redirect URIs of social providers are https"
		google  = "socialProviders: {google: {clientId: a, clientSecret: '${S}'}}\n"
	)
	long := strings.Repeat("s", 32)
	for _, test := range []struct {
		text, env, item, state, advice string
	}{
		{"", "", shared, "todo", "set rateLimit.storage: database, or secondaryStorage: redis"},
		{"rateLimit: {storage: memory}", "", shared, "todo", "database"},
		{"rateLimit: {storage: database}", "", shared, "ok", ""},
		{"secondaryStorage: redis", "", shared, "ok", ""},
		{"secondaryStorage: redis\nrateLimit: {storage: memory}", "", shared, "todo", "set rateLimit.storage: secondary-storage"},
		{"secondaryStorage: redis\nrateLimit: {storage: secondary-storage}", "", shared, "ok", ""},
		{"database: {dialect: none}", "", shared, "todo", "set secondaryStorage: redis"},
		{"", "", secret, "todo", "BETTER_AUTH_SECRET"},
		{"", "BETTER_AUTH_SECRET=" + long, secret, "ok", ""},
		{"secret: ${MINE}", "MINE=" + long, secret, "ok", ""},
		{"", "BETTER_AUTH_SECRETS=2:" + long + ",1:short", secret, "ok", ""},
		{"", "BETTER_AUTH_SECRETS=2:short,1:" + long, secret, "todo", ""},
		{"secrets: [{version: 1, value: '${MINE}'}]", "MINE=" + long, secret, "ok", ""},
		{"trustedOrigins: ['https://*.shop.example']", "", origins, "ok", ""},
		{"trustedOrigins: ['https://*']", "", origins, "todo", ""},
		{"", "BETTER_AUTH_TRUSTED_ORIGINS=*", origins, "todo", "BETTER_AUTH_TRUSTED_ORIGINS"},
		{"", "BETTER_AUTH_TRUSTED_ORIGINS=https://a.example, http://**", origins, "todo", ""},
		{google, "", uris, "todo", "set BETTER_AUTH_URL"},
		{google + "baseURL: http://a.example", "", uris, "todo", "set baseURL to"},
		{google + "baseURL: {allowedHosts: [a.example]}", "", uris, "ok", ""},
		{google + "baseURL: {allowedHosts: [a.example], protocol: http}", "", uris, "todo", "set baseURL.protocol"},
		{google + "baseURL: {allowedHosts: [a.example], fallback: 'http://a.example'}", "", uris, "todo", "baseURL.fallback"},
	} {
		cfg, diags := config.Load(config.FileName, []byte(test.text), all.Plugins())
		if err := diags.Err(); err != nil {
			t.Fatal(test.text, err)
		}
		m, diags := resolve.Resolve(cfg, all.Plugins(), "example.com/shop")
		if m == nil {
			t.Fatal(test.text, diags.Err())
		}
		items := checklist(m, func(name string) string {
			value, _ := strings.CutPrefix(test.env, name+"=")
			if value == test.env {
				return ""
			}
			return value
		})
		i := slices.IndexFunc(items, func(c checkJSON) bool { return c.Item == test.item })
		if i < 0 || items[i].State != test.state || !strings.Contains(items[i].Advice, test.advice) {
			t.Errorf("%s %s: got %+v", test.text, test.env, items)
		}
	}
}
