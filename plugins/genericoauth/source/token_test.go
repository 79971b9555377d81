package genericoauth_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	genericoauth "github.com/betterauth-gen/betterauth-gen/plugins/genericoauth/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// TestClientAuthentication looks at how the token endpoint learns who is asking.
func TestClientAuthentication(t *testing.T) {
	assertion := genericoauth.ProviderFuncs{Funcs: social.Funcs{
		ClientAssertion: func(_ context.Context, clientID, audience string) (string, error) {
			return clientID + "@" + audience, nil
		},
	}}
	for name, test := range map[string]struct {
		set   func(o *genericoauth.ProviderOptions)
		funcs genericoauth.ProviderFuncs
		basic bool
		posts map[string]string // "" is absent
	}{
		"default": {posts: map[string]string{"client_id": "shop", "client_secret": "secret"}},
		"no secret": {
			set:   func(o *genericoauth.ProviderOptions) { o.ClientSecret = "" },
			posts: map[string]string{"client_id": "shop", "client_secret": ""},
		},
		"post": {
			set:   func(o *genericoauth.ProviderOptions) { o.TokenEndpointAuth.Method = "client_secret_post" },
			posts: map[string]string{"client_id": "shop", "client_secret": "secret"},
		},
		"basic": {
			set:   func(o *genericoauth.ProviderOptions) { o.TokenEndpointAuth.Method = "client_secret_basic" },
			basic: true, posts: map[string]string{"client_secret": ""},
		},
		"old basic": {
			set:   func(o *genericoauth.ProviderOptions) { o.Authentication = "basic" },
			basic: true, posts: map[string]string{"client_secret": ""},
		},
		"method wins": {
			set: func(o *genericoauth.ProviderOptions) {
				o.Authentication, o.TokenEndpointAuth.Method = "basic", "client_secret_post"
			},
			posts: map[string]string{"client_id": "shop", "client_secret": "secret"},
		},
		"none": {
			set:   func(o *genericoauth.ProviderOptions) { o.ClientSecret, o.TokenEndpointAuth.Method = "", "none" },
			posts: map[string]string{"client_id": "shop", "client_secret": ""},
		},
		"private key": {
			set: func(o *genericoauth.ProviderOptions) {
				o.ClientSecret, o.TokenEndpointAuth.Method = "", "private_key_jwt"
			},
			funcs: assertion,
			posts: map[string]string{
				"client_id": "shop", "client_secret": "", "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newIDP(t)
			options := discovered(p)
			if test.set != nil {
				test.set(&options)
			}
			signIn(t, start(t, test.funcs, options).Client(), p).WantRedirect("/inside")
			user, password, basic := p.tokenReq.BasicAuth()
			if basic != test.basic || basic && (user != "shop" || password != "secret") {
				t.Errorf("basic %v, %s %s", basic, user, password)
			}
			for name, want := range test.posts {
				if got := p.posted.Get(name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
			if test.funcs.ClientAssertion != nil && p.posted.Get("client_assertion") != "shop@"+p.URL+"/token" {
				t.Errorf("assertion %q", p.posted.Get("client_assertion"))
			}
		})
	}
}

func TestParametersAndHeaders(t *testing.T) {
	p := newIDP(t)
	options := plain(p)
	p.claims = object{"id": 1, "email": "ada@example.com", "name": "Ada"}
	off := false
	options.PKCE, options.Prompt, options.AccessType, options.ResponseMode = &off, "consent", "offline", "query"
	options.AuthorizationURLParams = map[string]string{"audience": "api"}
	options.TokenURLParams = map[string]string{"resource": "books"}
	options.RefreshTokenParams = map[string]string{"resource": "magazines"}
	options.AuthorizationHeaders = map[string]string{"X-Tenant": "shop"}
	options.AccessTokenExpiresIn = 600
	server := start(t, genericoauth.ProviderFuncs{}, options)
	signIn(t, server.Client(), p).WantRedirect("/inside")
	for name, want := range map[string]string{
		"code_challenge": "", "prompt": "consent", "access_type": "offline", "response_mode": "query", "audience": "api",
	} {
		if got := p.asked.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if p.posted.Get("resource") != "books" || p.posted.Has("code_verifier") || p.tokenReq.Header.Get("X-Tenant") != "shop" {
		t.Errorf("posted %v with %v", p.posted, p.tokenReq.Header)
	}
	tokens, err := server.Auth.Provider("acme").(core.RefreshingProvider).Refresh(t.Context(), "refresh")
	if err != nil {
		t.Fatal(err)
	}
	if p.posted.Get("resource") != "magazines" || p.posted.Get("refresh_token") != "refresh" {
		t.Errorf("posted %v", p.posted)
	}
	if at := tokens.AccessTokenExpiresAt; at == nil || time.Until(*at) < 9*time.Minute || time.Until(*at) > 10*time.Minute {
		t.Errorf("expires at %v", at)
	}
}

func TestRefreshParamsOfTheMoment(t *testing.T) {
	p := newIDP(t)
	server := start(t, genericoauth.ProviderFuncs{RefreshTokenParams: func(context.Context) (map[string]string, error) {
		return map[string]string{"device": "phone"}, nil
	}}, plain(p))
	if _, err := server.Auth.Provider("acme").(core.RefreshingProvider).Refresh(t.Context(), "refresh"); err != nil {
		t.Fatal(err)
	}
	if p.posted.Get("device") != "phone" {
		t.Errorf("posted %v", p.posted)
	}
}

// TestRules hands the options to core.
func TestRules(t *testing.T) {
	p := newIDP(t)
	options := discovered(p)
	options.DisableSignUp, options.DisableImplicitSignUp, options.OverrideUserInfo = true, true, true
	options.RequireEmailVerification, options.AllowIDPInitiated = true, true
	want := core.ProviderRules{
		DisableSignUp: true, DisableImplicitSignUp: true, OverrideUserInfoOnSignIn: true, RequireEmailVerification: true,
		Issuer: p.URL, UseNonce: true, AllowIDPInitiated: true,
	}
	if got := start(t, genericoauth.ProviderFuncs{}, options).Auth.Provider("acme").Rules(); got != want {
		t.Errorf("rules %+v, want %+v", got, want)
	}
}

func TestSignOutAtTheProvider(t *testing.T) {
	p := newIDP(t)
	options := discovered(p)
	server := start(t, genericoauth.ProviderFuncs{}, options)
	ada := server.Client()
	signIn(t, ada, p).WantRedirect("/inside")
	page := ada.Post("/sign-out", object{"callbackURL": "/bye", "state": "s"}).Want(http.StatusOK).Text("url")
	for name, want := range map[string]string{
		"kept": "1", "post_logout_redirect_uri": "http://localhost:3000/bye", "client_id": "shop", "state": "s",
	} {
		if got := queryOf(t, page).Get(name); got != want {
			t.Errorf("%s is %q, want %q, in %s", name, got, want, page)
		}
	}
	if queryOf(t, page).Get("id_token_hint") == "" {
		t.Errorf("no ID token in %s", page)
	}

	options.PostLogoutRedirectURI = "/out"
	plainOut := logout(t, start(t, genericoauth.ProviderFuncs{}, options), "")
	if got := queryOf(t, plainOut); got.Get("post_logout_redirect_uri") != "http://localhost:3000/out" || got.Has("id_token_hint") {
		t.Errorf("sent to %s", plainOut)
	}
	options.PostLogoutRedirectURI = ""
	if got := queryOf(t, logout(t, start(t, genericoauth.ProviderFuncs{}, options), "")); got.Get("client_id") != "shop" {
		t.Errorf("without anything: %v", got)
	}
	options.DisableProviderLogout = true
	if got := logout(t, start(t, genericoauth.ProviderFuncs{}, options), "token"); got != "" {
		t.Errorf("turned off: %s", got)
	}
}
