package core_test

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// TestBaseURL checks which paths and links a configured base URL makes, and that its origin is trusted as browsers
// spell it.
func TestBaseURL(t *testing.T) {
	tests := []struct{ baseURL, basePath, env, want, path, origin string }{
		{"https://shop.example", "/api/auth", "", "https://shop.example/api/auth", "/api/auth", "https://shop.example"},
		{"https://shop.example/", "auth/", "", "https://shop.example/auth", "/auth", "https://shop.example"},
		{"https://shop.example", "/", "", "https://shop.example", "", "https://shop.example"},
		{"https://shop.example/login/", "/api/auth", "", "https://shop.example/login", "/login", "https://shop.example"},
		{"https://Shop.example:443", "/api/auth", "", "https://Shop.example:443/api/auth", "/api/auth", "https://shop.example"},
		{"", "/api/auth", "http://[::1]:3000", "http://[::1]:3000/api/auth", "/api/auth", "http://[::1]:3000"},
		{"", "/api/auth", "", "http://localhost:3000/api/auth", "/api/auth", "http://localhost:3000"},
	}
	for _, tt := range tests {
		server := authtest.New(t,
			authtest.Configure(func(o *core.Options) {
				o.BaseURL, o.BasePath, o.RateLimit.Enabled = tt.baseURL, tt.basePath, new(bool)
			}),
			authtest.WithEnv(map[string]string{"BETTER_AUTH_URL": tt.env}))
		if server.Auth.BaseURL() != tt.want || server.Auth.BasePath() != tt.path {
			t.Errorf("%s: base URL %s, path %q", tt.baseURL, server.Auth.BaseURL(), server.Auth.BasePath())
		}
		server.ClientAt(tt.origin).SignUp("ada@example.com")
		if link := askReset(server).URL; !strings.HasPrefix(link, tt.want+"/reset-password/") {
			t.Errorf("%s: link %s", tt.baseURL, link)
		}
	}
}

// TestHostHeaderDecidesNothing asks for a link at a host of the client's choice.
//
// security: 22
func TestHostHeaderDecidesNothing(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.Advanced.TrustedProxyHeaders = true }))
	server.Client().SignUp("ada@example.com")
	stranger := server.ClientAt("https://evil.example")
	stranger.Header.Set("Origin", authtest.Origin)
	stranger.Header.Set("X-Forwarded-Host", "evil.example")
	stranger.Post("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
	if link := server.Inbox.Last("reset-password").URL; !strings.HasPrefix(link, authtest.Origin+"/api/auth/reset-password/") {
		t.Errorf("link %s", link)
	}
}
