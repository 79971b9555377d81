package core_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

func TestSignInWithIDToken(t *testing.T) {
	server, acme := newSocial(t)
	ada := server.Client()
	body := func(token, nonce string) authtest.M {
		return authtest.M{"provider": "acme", "idToken": authtest.M{
			"token": token, "nonce": nonce, "user": authtest.M{"name": authtest.M{"firstName": "Ada"}, "x": 1},
		}}
	}
	for range 2 { // as a new user and as a known one
		answer := ada.Post("/sign-in/social", body(acme.IDToken(authtest.Ada(), "n"), "n")).Want(200)
		if answer.Value("redirect") != false || answer.Text("token") == "" || answer.Text("user.email") != "ada@example.com" || answer.Value("url") != nil {
			t.Errorf("answer %s", answer.Body)
		}
		if !ada.SignedIn() {
			t.Error("not signed in")
		}
	}
	if got := acme.Form(); got != `{"name":{"firstName":"Ada"}}` {
		t.Errorf("the provider got %q", got)
	}
}

func TestIDTokenRefused(t *testing.T) {
	server, acme := newSocial(t)
	client := server.Client()
	with := func(token, nonce string) *authtest.Response {
		return client.Post("/sign-in/social", authtest.M{"provider": "acme", "idToken": authtest.M{"token": token, "nonce": nonce}})
	}
	person := func(change func(who *core.ProviderProfile)) string {
		who := authtest.Ada()
		change(&who)
		return acme.IDToken(who, "")
	}
	with("forged", "").WantError(401, "INVALID_TOKEN")
	with(acme.IDToken(authtest.Ada(), "theirs"), "mine").WantError(401, "INVALID_TOKEN")
	with(person(func(who *core.ProviderProfile) { who.Email = "" }), "").WantError(401, "USER_EMAIL_NOT_FOUND")
	with(person(func(who *core.ProviderProfile) { who.AccountID = " " }), "").WantError(401, "FAILED_TO_GET_USER_INFO")

	registered(t, server, false)
	refused := with(acme.IDToken(authtest.Ada(), ""), "").Want(401)
	if refused.Text("code") != "OAUTH_LINK_ERROR" || refused.Text("message") != "account not linked" {
		t.Errorf("answer %s", refused.Body)
	}
	acme.Allow = core.ProviderRules{DisableSignUp: true}
	newcomer := person(func(who *core.ProviderProfile) { who.AccountID, who.Email = "new", "new@example.com" })
	if refused := with(newcomer, "").Want(401); refused.Text("message") != "signup disabled" {
		t.Errorf("answer %s", refused.Body)
	}
	acme.Allow = core.ProviderRules{RequireEmailVerification: true}
	unproven := person(func(who *core.ProviderProfile) {
		who.AccountID, who.Email, who.EmailVerified = "new", "new@example.com", false
	})
	with(unproven, "").WantError(403, "EMAIL_NOT_VERIFIED")
	acme.Allow = core.ProviderRules{DisableIDTokenSignIn: true}
	with(acme.IDToken(authtest.Ada(), ""), "").WantError(404, "ID_TOKEN_NOT_SUPPORTED")
	if client.SignedIn() {
		t.Error("signed in")
	}
}

// A nonce binds the ID token of a callback to the sign-in that was asked for. security: 37
func TestNonceInCallback(t *testing.T) {
	server, acme := newSocial(t)
	acme.Allow.UseNonce = true
	server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
}
