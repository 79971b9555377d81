package genericoauth_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	genericoauth "github.com/betterauth-gen/betterauth-gen/plugins/genericoauth/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// logged returns a server with the plugin and what it logs.
func logged(t *testing.T, funcs genericoauth.Funcs, providers ...genericoauth.ProviderOptions) (*authtest.Server, *bytes.Buffer) {
	t.Helper()
	log := &bytes.Buffer{}
	server := authtest.New(t, authtest.WithLogger(slog.New(slog.NewTextHandler(log, nil))), authtest.WithPlugin(func(*store.Store) core.Plugin {
		return genericoauth.New(genericoauth.Options{Config: providers}, funcs)
	}))
	return server, log
}

// TestProviderIsDown starts a server while a provider does not answer: it is not there for the moment, the
// others are.
func TestProviderIsDown(t *testing.T) {
	p := newIDP(t)
	p.down = true
	other := plain(newIDP(t))
	other.ProviderID = "other"
	server, log := logged(t, nil, discovered(p), other)
	client := server.Client()
	client.Post("/sign-in/social", authtest.M{"provider": "acme"}).WantError(404, "PROVIDER_NOT_FOUND")
	client.Post("/sign-in/social", authtest.M{"provider": "other"}).Want(200)
	if text := log.String(); strings.Count(text, "social provider cannot be used now") != 1 || !strings.Contains(text, "503") {
		t.Errorf("logged %s", text)
	}

	// It is left alone for a while, however many ask.
	p.mu.Lock()
	p.down = false
	p.mu.Unlock()
	client.Post("/sign-in/social", authtest.M{"provider": "acme"}).WantError(404, "PROVIDER_NOT_FOUND")
}

// TestConfiguredEndpointsWin lets a provider work without its document where it can.
func TestConfiguredEndpointsWin(t *testing.T) {
	p := newIDP(t)
	options := discovered(p)
	options.AuthorizationURL = "https://login.example/authorize"
	server, _ := logged(t, nil, options)
	page := server.Client().Post("/sign-in/social", authtest.M{"provider": "acme"}).Want(200).Text("url")
	if !strings.HasPrefix(page, "https://login.example/authorize?") || !strings.Contains(page, "scope=openid") {
		t.Errorf("sent to %s", page)
	}

	p.down = true
	options.TokenURL = p.URL + "/token"
	server, _ = logged(t, nil, options)
	page = server.Client().Post("/sign-in/social", authtest.M{"provider": "acme"}).Want(200).Text("url")
	if strings.Contains(page, "nonce=") {
		t.Errorf("a nonce that nobody can check: %s", page)
	}
	options.RequireIDTokenVerification = true
	server, _ = logged(t, nil, options)
	server.Client().Post("/sign-in/social", authtest.M{"provider": "acme"}).WantError(404, "PROVIDER_NOT_FOUND")
}

// TestIDTokensOfClients are taken when they can be verified.
func TestIDTokensOfClients(t *testing.T) {
	p := newIDP(t)
	ada := start(t, genericoauth.ProviderFuncs{}, discovered(p)).Client()
	body := authtest.M{"provider": "acme", "idToken": authtest.M{"token": p.idToken()}}
	if got := ada.Post("/sign-in/social", body).Want(200).Text("user.email"); got != "ada@example.com" {
		t.Errorf("user %s", got)
	}
	body["idToken"] = authtest.M{"token": unsigned("none", object{"sub": "ada-1815"}) + "."}
	start(t, genericoauth.ProviderFuncs{}, discovered(p)).Client().Post("/sign-in/social", body).WantError(401, "INVALID_TOKEN")
	start(t, genericoauth.ProviderFuncs{}, plain(p)).Client().Post("/sign-in/social", body).WantError(404, "ID_TOKEN_NOT_SUPPORTED")
}

// TestCheck names what cannot work. The server leaves such a provider out and says why.
func TestCheck(t *testing.T) {
	assertion := genericoauth.ProviderFuncs{Funcs: social.Funcs{
		ClientAssertion: func(context.Context, string, string) (string, error) { return "", nil },
	}}
	full := genericoauth.ProviderOptions{ProviderID: "acme", ClientID: "shop", AuthorizationURL: "https://idp.example", TokenURL: "https://idp.example"}
	method := func(secret, name string) func(*genericoauth.ProviderOptions) {
		return func(o *genericoauth.ProviderOptions) { o.ClientSecret, o.TokenEndpointAuth.Method = secret, name }
	}
	for want, test := range map[string]struct {
		change func(o *genericoauth.ProviderOptions)
		funcs  genericoauth.ProviderFuncs
	}{
		"want letters, digits":                           {change: func(o *genericoauth.ProviderOptions) { o.ProviderID = "a/b" }},
		"clientId is not set":                            {change: func(o *genericoauth.ProviderOptions) { o.ClientID = "" }},
		"neither discoveryUrl nor authorizationUrl":      {change: func(o *genericoauth.ProviderOptions) { o.AuthorizationURL = "" }},
		"nor tokenUrl nor ProviderFuncs.GetToken":        {change: func(o *genericoauth.ProviderOptions) { o.TokenURL = "" }},
		"preset auth0 needs domain":                      {change: func(o *genericoauth.ProviderOptions) { o.Preset = "auth0" }},
		"preset okta needs issuer":                       {change: func(o *genericoauth.ProviderOptions) { o.Preset = "okta" }},
		"needs the GUID of a tenant":                     {change: func(o *genericoauth.ProviderOptions) { o.Preset, o.TenantID = "microsoftEntraId", "common" }},
		"requireIdTokenVerification needs discoveryUrl":  {change: func(o *genericoauth.ProviderOptions) { o.RequireIDTokenVerification = true }},
		"private_key_jwt does not go with clientSecret":  {change: method("x", "private_key_jwt"), funcs: assertion},
		"none does not go with clientSecret":             {change: method("x", "none")},
		"client_secret_post needs clientSecret":          {change: method("", "client_secret_post")},
		"client_secret_basic needs clientSecret":         {change: method("", "client_secret_basic")},
		"basic needs clientSecret":                       {change: func(o *genericoauth.ProviderOptions) { o.Authentication = "basic" }},
		"private_key_jwt needs ProviderFuncs":            {change: method("", "private_key_jwt")},
		"does not go with ProviderFuncs.ClientAssertion": {change: method("x", "client_secret_post"), funcs: assertion},
	} {
		options := full
		test.change(&options)
		server, log := logged(t, genericoauth.Funcs{options.ID(): test.funcs}, options)
		if len(server.Auth.ProviderIDs()) != 0 || !strings.Contains(log.String(), want) {
			t.Errorf("want %q, logged %s", want, log)
		}
	}
	server, log := logged(t, nil, full)
	if len(server.Auth.ProviderIDs()) != 1 || strings.Contains(log.String(), "skipped") {
		t.Errorf("a sound provider: %s", log)
	}
}
