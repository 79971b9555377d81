package twofactor_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// intrude tries the endpoints of the plugin with what there is to know about somebody with a second factor.
func intrude(t *testing.T, options ...authtest.Option) *authtest.Intruder {
	t.Helper()
	f := start(t, func(s *setup) { s.server = options })
	return f.Intrude(authtest.Access{
		Prepare: func(victim *authtest.Client) {
			answer := victim.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Want(200)
			verify(victim, f.code(f.secretOf(answer.Text("totpURI")))).Want(200)
		},
		Rows: func(userID string) any {
			row, err := f.Store.TwoFactorByUserID(t.Context(), userID)
			return []any{row, err}
		},
	})
}

// security: 48
func TestStrangers(t *testing.T) { intrude(t).AsStranger() }

// security: 48
func TestNamingSomebodyElse(t *testing.T) { intrude(t).AsSomebodyElse() }

// security: 11, 36 (GHSA-xg6x)
func TestRevokedSessionInTheCache(t *testing.T) {
	intrude(t, authtest.Configure(func(o *core.Options) { o.Session.CookieCache.Enabled = true })).WithRevokedSession()
}

// security: 50
func TestNoDatabaseNoSession(t *testing.T) { intrude(t).WithoutDatabase() }

// security: 20
func TestNoEndpointRedirectsAnywhere(t *testing.T) { intrude(t).Redirected("https://evil.example") }
