package core_test

import (
	"context"
	"slices"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// security: 49
func TestSocialAudit(t *testing.T) {
	var names []string
	server, acme := newSocial(t, authtest.WithHooks(core.Hooks{Audit: func(_ context.Context, event core.Event) {
		names = append(names, event.Name)
	}}))
	ada := server.Client()
	ada.SignInWith(acme, authtest.Ada())
	ada.Post("/refresh-token", authtest.M{"accountId": accountID(t, ada, "acme")}).Want(200)
	second := authtest.Ada()
	second.AccountID = "another"
	ada.Through(acme, second, "/link-social", nil)
	ada.Post("/unlink-account", authtest.M{"accountId": accountID(t, ada, "acme")}).Want(200)
	acme.Allow.DisableSignUp = true
	ada.SignInWith(acme, core.ProviderProfile{AccountID: "eve", Email: "eve@example.com"})
	token := authtest.M{"provider": "acme", "idToken": authtest.M{"token": "forged"}}
	ada.Post("/sign-in/social", token).Want(401)
	ada.Post("/link-social", token).Want(401)
	want := []string{"sign-up", "sign-in", "tokens refreshed", "account linked", "account unlinked", "sign-in refused", "callback refused",
		"id token refused", "id token refused", "account link refused"}
	if !slices.Equal(names, want) {
		t.Errorf("events %q\nwant   %q", names, want)
	}
}
