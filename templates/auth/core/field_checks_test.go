package core_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// TestFieldChecksSeeProfiles refuses a profile wherever its fields would become those of a user.
func TestFieldChecksSeeProfiles(t *testing.T) {
	var refusal error
	checked := 0
	server, acme := newSocial(t,
		authtest.Configure(func(o *core.Options) { o.Account.AccountLinking.UpdateUserInfoOnLink = true }),
		authtest.WithPlugin(func(*store.Store) core.Plugin {
			return core.FieldChecks{User: func(*model.UserInput) error { checked++; return refusal }}
		}))
	const refused = "/failed?error=VALIDATION_ERROR&error_description=too+long"
	body := authtest.M{"callbackURL": "/inside", "errorCallbackURL": "/failed"}
	sign := func(who core.ProviderProfile) *authtest.Response {
		return server.Client().Through(acme, who, "/sign-in/social", body)
	}

	refusal = errors.New("too long")
	sign(authtest.Ada()).WantRedirect(refused)
	if checked != 1 {
		t.Errorf("%d checks of a new user", checked)
	}
	server.Client().Post("/sign-in/social", authtest.M{
		"provider": "acme", "idToken": authtest.M{"token": acme.IDToken(authtest.Ada(), "")},
	}).WantError(400, "VALIDATION_ERROR")

	refusal = nil
	sign(authtest.Ada()).WantRedirect("/inside")

	// A known user is checked only where the profile is copied.
	checked, refusal = 0, errors.New("too long")
	sign(authtest.Ada()).WantRedirect("/inside")
	if checked != 0 {
		t.Errorf("%d checks of a known user", checked)
	}
	acme.Allow.OverrideUserInfoOnSignIn = true
	renamed := authtest.Ada()
	renamed.Name = "Countess"
	sign(renamed).WantRedirect(refused)
	refusal = nil
	ada := server.Client()
	ada.Through(acme, renamed, "/sign-in/social", body).WantRedirect("/inside")
	if name := ada.Get("/get-session").Text("user.name"); name != "Countess" {
		t.Errorf("name %q", name)
	}
}

// TestLinkOutlivesFieldChecks links an account whose profile is refused, without copying it.
func TestLinkOutlivesFieldChecks(t *testing.T) {
	var refusal error
	server, acme := newSocial(t,
		authtest.Configure(func(o *core.Options) { o.Account.AccountLinking.UpdateUserInfoOnLink = true }),
		authtest.WithPlugin(func(*store.Store) core.Plugin {
			return core.FieldChecks{User: func(*model.UserInput) error { return refusal }}
		}))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	before := ada.Get("/get-session").Text("user.name")
	refusal = errors.New("too long")
	body := authtest.M{"callbackURL": "/inside", "errorCallbackURL": "/failed"}
	ada.Through(acme, authtest.Ada(), "/link-social", body).WantRedirect("/inside")
	if name := ada.Get("/get-session").Text("user.name"); name != before {
		t.Errorf("name %q, want %q", name, before)
	}
	if accounts := string(ada.Get("/list-accounts").Want(200).Body); !strings.Contains(accounts, `"acme"`) {
		t.Errorf("accounts %s", accounts)
	}
}
