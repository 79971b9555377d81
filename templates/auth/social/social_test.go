package social_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// local answers requests in place of a provider, and keeps them with their forms parsed.
type local struct {
	http.Handler
	requests []*http.Request
}

func (l *local) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	_ = r.ParseForm()
	l.requests = append(l.requests, r)
	out := httptest.NewRecorder()
	l.ServeHTTP(out, r)
	return out.Result(), nil
}

// answering is a provider that says the same to everything.
func answering(text string) *local {
	return &local{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(text))
	})}
}

type person struct {
	ID    social.Text `json:"id"`
	Name  string      `json:"name"`
	Email string      `json:"email"`
}

func (p person) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{AccountID: string(p.ID), Name: p.Name, Email: p.Email}, nil
}

// acme is a provider as an application may add one.
func acme() social.Spec {
	return social.Spec{
		ID: "acme",
		Authorization: social.Authorization{
			URL:       "https://acme.example/authorize",
			Scopes:    []string{"openid", "email"},
			PKCE:      true,
			LoginHint: true,
		},
		Token:    social.Token{URL: "https://acme.example/token"},
		UserInfo: social.Fetched[person](social.Request{URL: "https://acme.example/me"}),
	}
}

func acmeOptions() social.Options {
	return social.Options{ClientIDs: []string{"client", "mobile"}, ClientSecret: "s3cret"}
}

func TestRules(t *testing.T) {
	o := social.Options{
		DisableSignUp: true, DisableImplicitSignUp: true, DisableIDTokenSignIn: true,
		OverrideUserInfoOnSignIn: true, RequireEmailVerification: true,
	}
	spec := acme()
	spec.Issuer, spec.UseNonce, spec.AllowIDPInitiated = "https://acme.example", true, true
	p := social.New(spec, o, social.Funcs{})
	want := core.ProviderRules{
		DisableSignUp: true, DisableImplicitSignUp: true, DisableIDTokenSignIn: true,
		OverrideUserInfoOnSignIn: true, RequireEmailVerification: true,
		Issuer: "https://acme.example", UseNonce: true, AllowIDPInitiated: true,
	}
	if p.ID() != "acme" || p.Rules() != want {
		t.Errorf("%s: %+v", p.ID(), p.Rules())
	}
}

// TestAbilities has a provider be only what it can do: the server asks by type.
func TestAbilities(t *testing.T) {
	for name, test := range map[string]struct {
		noRefresh, idTokens, function bool
	}{
		"all":           {idTokens: true},
		"refresh":       {},
		"ID tokens":     {noRefresh: true, idTokens: true},
		"by a function": {noRefresh: true, function: true},
		"nothing":       {noRefresh: true},
	} {
		t.Run(name, func(t *testing.T) {
			spec, funcs := acme(), social.Funcs{}
			spec.Token.NoRefresh = test.noRefresh
			if test.idTokens {
				spec.IDToken = &social.IDToken{}
			}
			if test.function {
				funcs.VerifyIDToken = func(context.Context, string, string) error { return nil }
			}
			p := social.New(spec, acmeOptions(), funcs)
			if _, ok := p.(core.RefreshingProvider); ok == test.noRefresh {
				t.Errorf("refreshes: %t", ok)
			}
			if _, ok := p.(core.IDTokenProvider); ok != (test.idTokens || test.function) {
				t.Errorf("takes ID tokens: %t", ok)
			}
		})
	}
}

func TestUserInfo(t *testing.T) {
	world := answering(`{"id": 12345678901234567, "name": "Ann", "email": "ann@example.com", "plan": "pro"}`)
	p := social.New(acme(), acmeOptions(), social.Funcs{Transport: world})
	got, err := p.UserInfo(t.Context(), &core.OAuthTokens{AccessToken: "at"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.AccountID != "12345678901234567" || got.Name != "Ann" || !strings.Contains(string(got.Data.(json.RawMessage)), `"plan": "pro"`) {
		t.Errorf("%+v", got)
	}
	if h := world.requests[0].Header.Get("Authorization"); h != "Bearer at" {
		t.Errorf("Authorization %q", h)
	}
}

func TestMapProfileToUser(t *testing.T) {
	p := social.New(acme(), acmeOptions(), social.Funcs{
		Transport: answering(`{"id": "1", "name": "Ann", "plan": "pro"}`),
		MapProfileToUser: func(_ context.Context, profile *core.ProviderProfile) error {
			var mine struct{ Plan json.RawMessage }
			if err := json.Unmarshal(profile.Data.(json.RawMessage), &mine); err != nil {
				return err
			}
			profile.AccountID, profile.Email = "2", "ann@example.com"
			profile.Fields["plan"] = mine.Plan
			return nil
		},
	})
	got, err := p.UserInfo(t.Context(), &core.OAuthTokens{AccessToken: "at"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Email != "ann@example.com" || string(got.Fields["plan"]) != `"pro"` {
		t.Errorf("not mapped: %+v", got)
	}
	if got.AccountID != "1" {
		t.Errorf("the mapping made it account %q", got.AccountID)
	}
}

func TestMapProfileToUserRefuses(t *testing.T) {
	refused := errors.New("not one of us")
	p := social.New(acme(), acmeOptions(), social.Funcs{
		Transport:        answering(`{"id": "1"}`),
		MapProfileToUser: func(context.Context, *core.ProviderProfile) error { return refused },
	})
	if _, err := p.UserInfo(t.Context(), &core.OAuthTokens{AccessToken: "at"}, nil); !errors.Is(err, refused) {
		t.Errorf("%v", err)
	}
}

// TestUserInfoOfNobody refuses profiles that name nobody.
//
// security: 40
func TestUserInfoOfNobody(t *testing.T) {
	needsEmail := acme()
	needsEmail.NeedsEmail = true
	for name, test := range map[string]struct {
		spec   social.Spec
		answer string
		token  string
	}{
		"no id":           {acme(), `{"name": "Ann", "email": "ann@example.com"}`, "at"},
		"null id":         {acme(), `{"id": null}`, "at"},
		"id of an object": {acme(), `{"id": {"a": 1}}`, "at"},
		"no address":      {needsEmail, `{"id": "1"}`, "at"},
		"no object":       {acme(), `["1"]`, "at"},
		"no JSON":         {acme(), `<html>`, "at"},
		"no access token": {acme(), `{"id": "1"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := social.New(test.spec, acmeOptions(), social.Funcs{Transport: answering(test.answer)})
			if got, err := p.UserInfo(t.Context(), &core.OAuthTokens{AccessToken: test.token}, nil); err == nil {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestGetUserInfo(t *testing.T) {
	p := social.New(acme(), acmeOptions(), social.Funcs{
		GetUserInfo: func(_ context.Context, tokens *core.OAuthTokens) (*core.ProviderProfile, error) {
			return &core.ProviderProfile{AccountID: "of " + tokens.AccessToken}, nil
		},
	})
	got, err := p.UserInfo(t.Context(), &core.OAuthTokens{AccessToken: "at"}, nil)
	if err != nil || got.AccountID != "of at" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestClaimed(t *testing.T) {
	spec := acme()
	spec.UserInfo = social.ClaimedOrFetched[person](social.Request{URL: "https://acme.example/me"})
	p := social.New(spec, acmeOptions(), social.Funcs{Transport: answering(`{"id": "fetched"}`)})
	for token, want := range map[string]string{
		"":                          "fetched",
		"e30.eyJpZCI6ImNsYWltIn0.c": "claim", // {"id":"claim"}
		"opaque":                    "",
		"e30.%%%.c":                 "",
		"e30.W10.c":                 "", // []
	} {
		got, err := p.UserInfo(t.Context(), &core.OAuthTokens{AccessToken: "at", IDToken: token}, nil)
		if want == "" && err == nil || want != "" && (err != nil || got.AccountID != want) {
			t.Errorf("%q: %+v %v, want %q", token, got, err, want)
		}
	}
}
