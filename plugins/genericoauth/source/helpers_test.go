package genericoauth_test

import (
	"context"
	"encoding/json"
	"net/url"
	"testing"

	genericoauth "github.com/betterauth-gen/betterauth-gen/plugins/genericoauth/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// start returns a server with providers. Each gives new users the configured fields they must have.
func start(t *testing.T, funcs genericoauth.ProviderFuncs, providers ...genericoauth.ProviderOptions) *authtest.Server {
	t.Helper()
	next := funcs.MapProfileToUser
	funcs.MapProfileToUser = func(ctx context.Context, profile *core.ProviderProfile) error {
		for name, value := range authtest.Required() {
			profile.Fields[name], _ = json.Marshal(value)
		}
		if next != nil {
			return next(ctx, profile)
		}
		return nil
	}
	all := genericoauth.Funcs{}
	for _, p := range providers {
		all[p.ID()] = funcs
	}
	return authtest.New(t, authtest.WithPlugin(func(*store.Store) core.Plugin {
		return genericoauth.New(genericoauth.Options{Config: providers}, all)
	}))
}

// discovered is a provider that says itself where everything is.
func discovered(p *idp) genericoauth.ProviderOptions {
	return genericoauth.ProviderOptions{
		ProviderID: "acme", DiscoveryURL: p.URL + "/.well-known/openid-configuration", ClientID: "shop", ClientSecret: "secret",
	}
}

// plain is a provider that speaks OAuth 2 only.
func plain(p *idp) genericoauth.ProviderOptions {
	p.plain = true
	return genericoauth.ProviderOptions{
		ProviderID: "acme", AuthorizationURL: p.URL + "/authorize", TokenURL: p.URL + "/token", UserInfoURL: p.URL + "/userinfo",
		ClientID: "shop", ClientSecret: "secret",
	}
}

// begin asks for a sign-in and returns the page the browser is sent to.
func begin(client *authtest.Client, more authtest.M) string {
	body := authtest.M{"provider": "acme", "callbackURL": "/inside", "errorCallbackURL": "/failed"}
	for name, value := range more {
		body[name] = value
	}
	return client.Post("/sign-in/social", body).Want(200).Text("url")
}

// signIn signs in and returns the answer to the callback.
func signIn(t *testing.T, client *authtest.Client, p *idp) *authtest.Response {
	t.Helper()
	return client.Get(p.consent(t, begin(client, nil)))
}

// account returns the provider's account of who is signed in, as it is stored.
func account(t *testing.T, server *authtest.Server, client *authtest.Client) (id, scope string) {
	t.Helper()
	accounts, err := server.Store.AccountsByUser(t.Context(), client.Get("/get-session").Want(200).Text("user.id"))
	if err != nil || len(accounts) != 1 {
		t.Fatalf("%d accounts, %v", len(accounts), err)
	}
	if s := accounts[0].Scope; s != nil {
		scope = *s
	}
	return accounts[0].AccountID, scope
}

// funcsOf are functions with an own way to profiles.
func funcsOf(getUserInfo func(context.Context, *core.OAuthTokens) (*core.ProviderProfile, error)) social.Funcs {
	return social.Funcs{GetUserInfo: getUserInfo}
}

func queryOf(t *testing.T, target string) url.Values {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

func logout(t *testing.T, server *authtest.Server, idToken string) string {
	t.Helper()
	page, err := server.Auth.Provider("acme").(core.LogoutProvider).LogoutURL(t.Context(), core.NewCall(nil), idToken, "")
	if err != nil {
		t.Fatal(err)
	}
	return page
}
