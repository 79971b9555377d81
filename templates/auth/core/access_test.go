package core_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// access is who may use the endpoints of the core.
func access() authtest.Access {
	strict := func(victim *authtest.Response) authtest.M {
		return authtest.M{"userId": victim.Text("user.id"), "accountId": victim.Text("user.id")}
	}
	return authtest.Access{
		Public: []string{
			"/sign-up/email", "/sign-in/email", "/sign-out", "/get-session",
			"/request-password-reset", "/reset-password/:token", "/reset-password", "/send-verification-email", "/verify-email",
			"/sign-in/social", "/callback/:id", "/ok", "/error",
		},
		Refusal: map[string]int{"/delete-user/callback": 404},
		Cached:  []string{"/list-accounts"},
		Body: map[string]func(*authtest.Response) authtest.M{
			"/account-info": strict, "/get-access-token": strict, "/refresh-token": strict,
		},
	}
}

// everything is a server on which all endpoints of the core are switched on.
func everything(t *testing.T, more ...authtest.Option) *authtest.Server {
	t.Helper()
	return authtest.New(t, append(more, authtest.Configure(func(o *core.Options) {
		o.User.ChangeEmail.Enabled, o.User.DeleteUser.Enabled = true, true
		o.Session.DeferSessionRefresh = true
	}))...)
}

// security: 48
func TestEndpointsNeedASession(t *testing.T) {
	everything(t).Intrude(access()).AsStranger()
}

// Naming somebody else's rows gives no power over them (CVE-2025-61928).
//
// security: 14, 17, 18, 48
func TestNamingSomebodyElse(t *testing.T) {
	everything(t).Intrude(access()).AsSomebodyElse()
}

// Only endpoints that are known to be harmless go by the cookie cache.
//
// security: 11 (GHSA-xg6x)
func TestRevokedSessionInTheCache(t *testing.T) {
	for _, strategy := range strategies {
		server := everything(t, cached(strategy))
		server.Intrude(access()).WithRevokedSession()
	}
}

// When the database does not answer nobody is signed in, and nobody is taken for signed in.
//
// security: 50
func TestNoDatabaseNoSession(t *testing.T) {
	server := everything(t)
	server.Intrude(access()).WithoutDatabase()

	ada := server.Client()
	ada.SignIn("ada@example.com")
	down, cancel := context.WithCancel(t.Context())
	cancel()
	reached := false
	next := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true })
	r := httptest.NewRequest(http.MethodGet, "/", nil).WithContext(down)
	r.AddCookie(&http.Cookie{Name: "better-auth.session_token", Value: ada.Cookie("session_token")})
	recorder := httptest.NewRecorder()
	server.Auth.Require(next).ServeHTTP(recorder, r)
	if reached || recorder.Code != http.StatusInternalServerError {
		t.Errorf("status %d, reached the handler: %v", recorder.Code, reached)
	}
}

// security: 20
func TestNoEndpointRedirectsAnywhere(t *testing.T) {
	intruder := everything(t).Intrude(access())
	for _, target := range []string{"https://evil.example", "//evil.example", `/\evil.example`, "javascript:alert(1)", "http://localhost:3000@evil.example"} {
		intruder.Redirected(target)
	}
}
