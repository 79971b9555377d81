package core_test

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

func TestLinkSocial(t *testing.T) {
	server, acme := newSocial(t)
	server.Client().Post("/link-social", authtest.M{"provider": "acme"}).WantError(401, "UNAUTHORIZED")
	ada := registered(t, server, false)
	ada.Post("/link-social", authtest.M{"provider": "other"}).WantError(404, "PROVIDER_NOT_FOUND")

	link := authtest.M{"callbackURL": "/linked", "errorCallbackURL": "/failed", "scopes": []string{"books"}}
	ada.Through(acme, authtest.Ada(), "/link-social", link).WantRedirect("/linked")
	if accounts := string(ada.Get("/list-accounts").Body); !strings.Contains(accounts, `"scopes":["openid","books"]`) {
		t.Errorf("accounts %s", accounts)
	}
	// Once more, for more scopes: those from before stay.
	link["scopes"] = []string{"films"}
	ada.Through(acme, authtest.Ada(), "/link-social", link).WantRedirect("/linked")
	if accounts := string(ada.Get("/list-accounts").Body); !strings.Contains(accounts, `"scopes":["openid","books","films"]`) {
		t.Errorf("accounts %s", accounts)
	}
	// A sign-in does not take scopes away.
	ada.SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	if accounts := string(ada.Get("/list-accounts").Body); !strings.Contains(accounts, `"scopes":["openid","books","films"]`) {
		t.Errorf("accounts %s", accounts)
	}
}

// security: 41
func TestLinkRules(t *testing.T) {
	type options = core.AccountLinkingOptions
	for name, tt := range map[string]struct {
		configure func(o *options)
		who       func(who *core.ProviderProfile)
		want      string // of the callback
		code      string // with an ID token
	}{
		"not vouched for": {who: func(who *core.ProviderProfile) { who.EmailVerified = false }, want: "unable_to_link_account", code: "LINKING_NOT_ALLOWED"},
		"trusted": {
			configure: func(o *options) { o.TrustedProviders = []string{"acme"} },
			who:       func(who *core.ProviderProfile) { who.EmailVerified = false },
		},
		"linking off":     {configure: func(o *options) { o.Enabled = false }, want: "unable_to_link_account", code: "LINKING_NOT_ALLOWED"},
		"other address":   {who: func(who *core.ProviderProfile) { who.Email = "x@example.com" }, want: "email_does_not_match", code: "LINKING_DIFFERENT_EMAILS_NOT_ALLOWED"},
		"letters of case": {who: func(who *core.ProviderProfile) { who.Email = "ADA@example.com" }},
		"other address allowed": {
			configure: func(o *options) { o.AllowDifferentEmails = true },
			who:       func(who *core.ProviderProfile) { who.Email = "x@example.com" },
		},
		"implicit linking off": {configure: func(o *options) { o.DisableImplicitLinking = true }},
	} {
		t.Run(name, func(t *testing.T) {
			server, acme := newSocial(t, authtest.Configure(func(o *core.Options) {
				if tt.configure != nil {
					tt.configure(&o.Account.AccountLinking)
				}
			}))
			ada, who := registered(t, server, true), authtest.Ada()
			if tt.who != nil {
				tt.who(&who)
			}
			target := "/linked"
			if tt.want != "" {
				target = "/failed?error=" + tt.want
			}
			ada.Through(acme, who, "/link-social", authtest.M{"callbackURL": "/linked", "errorCallbackURL": "/failed"}).WantRedirect(target)

			who.AccountID = "another"
			answer := ada.Post("/link-social", authtest.M{"provider": "acme", "idToken": authtest.M{"token": acme.IDToken(who, "")}})
			if tt.code != "" {
				answer.WantError(401, tt.code)
			} else if text := string(answer.Want(200).Body); text != `{"url":"","redirect":false,"status":true}` {
				t.Errorf("answer %s", text)
			}
		})
	}
}

// An account of somebody else stays theirs. security: 40, GHSA-g38m
func TestLinkForeignAccount(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) { o.Account.AccountLinking.AllowDifferentEmails = true }))
	ada, eve := server.Client(), server.Client()
	ada.SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	eve.SignUp("eve@example.com")
	eve.Through(acme, authtest.Ada(), "/link-social", begin).WantRedirect("/failed?error=account_already_linked_to_different_user")
	eve.Post("/link-social", authtest.M{"provider": "acme", "idToken": authtest.M{"token": acme.IDToken(authtest.Ada(), "")}}).
		WantError(409, "SOCIAL_ACCOUNT_ALREADY_LINKED")
	server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	if accounts := string(eve.Get("/list-accounts").Body); strings.Contains(accounts, `"acme"`) {
		t.Errorf("accounts %s", accounts)
	}
}

// The link goes to who asked for it, even when somebody else has signed in meanwhile.
func TestLinkBelongsToWhoAsked(t *testing.T) {
	server, acme := newSocial(t)
	ada := registered(t, server, false)
	ada.Begin(acme, "/link-social", begin)
	path := acme.Consent(authtest.Ada())
	ada.SignUp("eve@example.com")
	ada.Get(path).WantRedirect("/inside")
	if accounts := string(ada.Get("/list-accounts").Body); strings.Contains(accounts, `"acme"`) {
		t.Errorf("accounts %s", accounts)
	}
	server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
}

func TestUnlinkAccount(t *testing.T) {
	server, acme := newSocial(t)
	ada := registered(t, server, true)
	unlink := func(c *authtest.Client, id string) *authtest.Response {
		return c.Post("/unlink-account", authtest.M{"accountId": id})
	}
	unlink(server.Client(), "x").WantError(401, "UNAUTHORIZED")
	password := accountID(t, ada, "credential")
	unlink(ada, password).WantError(400, "FAILED_TO_UNLINK_LAST_ACCOUNT")
	ada.SignInWith(acme, authtest.Ada())
	unlink(ada, "ada-1815").WantError(400, "ACCOUNT_NOT_FOUND") // the provider's id does not count

	eve := server.Client()
	eve.SignUp("eve@example.com")
	eve.Through(acme, core.ProviderProfile{AccountID: "eve", Email: "eve@example.com", EmailVerified: true}, "/link-social", nil)
	unlink(eve, password).WantError(400, "ACCOUNT_NOT_FOUND")

	unlink(ada, password).Want(200)
	unlink(ada, accountID(t, ada, "acme")).WantError(400, "FAILED_TO_UNLINK_LAST_ACCOUNT")
	server.Clock.Advance(25 * 60 * 60 * 1e9)
	unlink(ada, accountID(t, ada, "acme")).WantError(403, "SESSION_NOT_FRESH")
}

func TestUnlinkLastAccount(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) { o.Account.AccountLinking.AllowUnlinkingAll = true }))
	ada := server.Client()
	ada.SignInWith(acme, authtest.Ada())
	ada.Post("/unlink-account", authtest.M{"accountId": accountID(t, ada, "acme")}).Want(200)
}

// Two requests at once must not remove an account each. security: 28
func TestUnlinkOnce(t *testing.T) {
	server, acme := newSocial(t, authtest.WithSharedStore())
	ada := registered(t, server, true)
	ada.SignInWith(acme, authtest.Ada())
	ids := []string{accountID(t, ada, "acme"), accountID(t, ada, "credential")}
	status := make([]int, len(ids))
	authtest.Together(len(ids), func(i int) {
		status[i] = ada.Clone().Post("/unlink-account", authtest.M{"accountId": ids[i]}).Status
	})
	if status[0]+status[1] != 600 {
		t.Errorf("status %v, want one 200 and one 400", status)
	}
}
