package core_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// registered returns a client of Ada, who has signed up with a password and, if wanted, proven her address.
func registered(t *testing.T, server *authtest.Server, verified bool) *authtest.Client {
	t.Helper()
	ada := server.Client()
	ada.SignUp("ada@example.com")
	if verified {
		ada.Post("/send-verification-email", authtest.M{"email": "ada@example.com"}).Want(200)
		ada.Open(server.Inbox.Last("verify-email").URL).WantRedirect("/")
	}
	return ada
}

// An account is added to a user who is there already only when provider and user both have a proven
// address, unless the options say otherwise.
//
// security: 41, GHSA-g38m
func TestImplicitLinking(t *testing.T) {
	type options = core.AccountLinkingOptions
	for name, tt := range map[string]struct {
		vouched, local bool
		configure      func(o *options)
		linked         bool
	}{
		"both verified":             {true, true, nil, true},
		"provider does not vouch":   {false, true, nil, false},
		"local address unverified":  {true, false, nil, false},
		"neither":                   {false, false, nil, false},
		"trusted provider":          {false, true, func(o *options) { o.TrustedProviders = []string{"acme"} }, true},
		"other provider trusted":    {false, true, func(o *options) { o.TrustedProviders = []string{"other"} }, false},
		"trusted, local unverified": {false, false, func(o *options) { o.TrustedProviders = []string{"acme"} }, false},
		"local not required":        {true, false, func(o *options) { o.RequireLocalEmailVerified = false }, true},
		"linking off":               {true, true, func(o *options) { o.Enabled = false }, false},
		"implicit linking off":      {true, true, func(o *options) { o.DisableImplicitLinking = true }, false},
	} {
		t.Run(name, func(t *testing.T) {
			server, acme := newSocial(t, authtest.Configure(func(o *core.Options) {
				if tt.configure != nil {
					tt.configure(&o.Account.AccountLinking)
				}
			}))
			ada := registered(t, server, tt.local)
			who := authtest.Ada()
			who.EmailVerified = tt.vouched
			want := "/failed?error=account_not_linked"
			if tt.linked {
				want = "/inside"
			}
			other := server.Client()
			other.SignInWith(acme, who).WantRedirect(want)
			if other.SignedIn() != tt.linked {
				t.Errorf("signed in: %v", !tt.linked)
			}
			if tt.linked && tt.local && ada.Get("/get-session").Text("user.id") != other.Get("/get-session").Text("user.id") {
				t.Error("linked to another user")
			}
		})
	}
}

func TestTrustedProvidersHook(t *testing.T) {
	server, acme := newSocial(t, authtest.WithHooks(core.Hooks{
		TrustedProviders: func(r *http.Request) []string {
			if r.URL.Path != "/api/auth/callback/acme" {
				t.Errorf("path %q", r.URL.Path)
			}
			return []string{"acme"}
		},
	}))
	registered(t, server, true)
	who := authtest.Ada()
	who.EmailVerified = false
	server.Client().SignInWith(acme, who).WantRedirect("/inside")
}

// Whoever registered the address of somebody else in advance has nothing of it when the owner comes, even
// where the options link to unverified users.
//
// security: 41, GHSA-qq9h
func TestPreHijackedUser(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) {
		o.Account.AccountLinking.RequireLocalEmailVerified = false
	}))
	eve := registered(t, server, false)
	ada := server.Client()
	ada.SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	if eve.SignedIn() {
		t.Error("the session from before is alive")
	}
	eve.Post("/sign-in/email", authtest.M{"email": "ada@example.com", "password": authtest.Password}).WantError(401, "INVALID_EMAIL_OR_PASSWORD")
	if ada.Get("/get-session").Value("user.emailVerified") != true {
		t.Error("the address is not verified")
	}
	if accounts := string(ada.Get("/list-accounts").Body); strings.Contains(accounts, "credential") || !strings.Contains(accounts, "acme") {
		t.Errorf("accounts %s", accounts)
	}
}

// An address nobody has proven does not remove anything.
func TestTrustIsNoProof(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) {
		o.Account.AccountLinking.RequireLocalEmailVerified = false
		o.Account.AccountLinking.TrustedProviders = []string{"acme"}
	}))
	registered(t, server, false)
	who := authtest.Ada()
	who.EmailVerified = false
	ada := server.Client()
	ada.SignInWith(acme, who).WantRedirect("/inside")
	if ada.Get("/get-session").Value("user.emailVerified") != false {
		t.Error("the address is verified")
	}
	server.Client().SignIn("ada@example.com")
}

func TestUpdateUserInfoOnLink(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) { o.Account.AccountLinking.UpdateUserInfoOnLink = true }))
	ada := registered(t, server, true)
	server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
	if got := ada.Get("/get-session").Text("user.name"); got != "Ada" {
		t.Errorf("name %q", got)
	}
}

func TestUpdateAccountOnSignIn(t *testing.T) {
	for _, update := range []bool{true, false} {
		server, acme := newSocial(t, authtest.Configure(func(o *core.Options) { o.Account.UpdateAccountOnSignIn = update }))
		ada := server.Client()
		ada.SignInWith(acme, authtest.Ada())
		first := accessToken(t, ada)
		ada.SignInWith(acme, authtest.Ada())
		if changed := accessToken(t, ada) != first; changed != update {
			t.Errorf("update %v: token changed %v", update, changed)
		}
	}
}
