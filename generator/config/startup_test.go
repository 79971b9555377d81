package config

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// What the server would refuse when it starts is refused before there is a server.
func TestServerStartsWithWhatIsAccepted(t *testing.T) {
	for _, text := range []string{
		"cors: {origins: [https://app.example, 'http://localhost:5173']}",
		"cors: {origins: ['https://*.x.example']}",
		"cors: {origins: [https://app.example/]}",
		"cors: {origins: ['ftp://app.example']}",
		"cors: {origins: ['*']}",
		"secrets: [{version: 2, value: '${S}'}, {version: 1, value: '${S}'}]",
		"secrets: [{version: 1, value: '${S}'}, {version: 1, value: '${S}'}]",
		"secrets: [{version: -1, value: '${S}'}]",
		"secrets: [{version: 1}]",
		"session: {cookieCache: {maxAge: 0}}",
		"session: {cookieCache: {maxAge: 34560001}}",
		"session: {updateAge: -1}",
		"emailAndPassword: {lockout: {maxAttempts: 101}}",
		"emailAndPassword: {lockout: {maxAttempts: 100}}",
		"emailAndPassword: {lockout: {window: 0}}",
		"emailAndPassword: {minPasswordLength: 0}",
		"emailAndPassword: {minPasswordLength: 129}",
		"baseURL: shop.example",
		"baseURL: {allowedHosts: ['*']}",
		"advanced: {ipAddress: {trustedProxies: [nonsense]}}",
	} {
		cfg, diags := Load(FileName, []byte(text), nil)
		if cfg == nil {
			t.Fatal(text, diags.Err())
		}
		env := func(name string) string {
			if name == "S" || name == "BETTER_AUTH_SECRET" {
				return strings.Repeat("s", 40)
			}
			return ""
		}
		options := cfg.DefaultOptions()
		if err := Apply(cfg.Settings, &options, env); err != nil {
			t.Fatal(err)
		}
		_, err := core.New(core.Config{Options: options, Getenv: env})
		if (err == nil) != (diags.Err() == nil) {
			t.Errorf("%s: the server says %v, the generator %v", text, err, diags.Err())
		}
	}
}
