package social_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

func exchange() core.CodeExchange {
	return core.CodeExchange{Code: "code", CodeVerifier: "verifier", RedirectURI: "https://app.example/callback", DeviceID: "device"}
}

// posted returns the parameters a token endpoint got.
func posted(t *testing.T, r *http.Request) map[string]string {
	t.Helper()
	if r.Method != http.MethodPost || r.URL.RawQuery != "" {
		t.Errorf("%s %s", r.Method, r.URL)
	}
	out := map[string]string{}
	for name, values := range r.PostForm {
		out[name] = strings.Join(values, " AND ")
	}
	return out
}

func TestExchange(t *testing.T) {
	world := answering(`{"access_token": "at", "refresh_token": "rt", "id_token": "idt", "token_type": "bearer",
		"expires_in": 3600, "refresh_token_expires_in": "7200", "scope": "a b", "team": {"id": "t"}}`)
	got, err := social.New(acme(), acmeOptions(), social.Funcs{Transport: world}).Exchange(t.Context(), exchange())
	if err != nil {
		t.Fatal(err)
	}
	if got.AccessToken != "at" || got.RefreshToken != "rt" || got.IDToken != "idt" || got.TokenType != "bearer" || fmt.Sprint(got.Scopes) != "[a b]" {
		t.Errorf("%+v", got)
	}
	for at, seconds := range map[*time.Time]float64{got.AccessTokenExpiresAt: 3600, got.RefreshTokenExpiresAt: 7200} {
		if left := time.Until(*at).Seconds(); left > seconds || left < seconds-60 {
			t.Errorf("%v seconds left, want %v", left, seconds)
		}
	}
	if team, _ := got.Raw["team"].(map[string]any); team["id"] != "t" {
		t.Errorf("raw: %v", got.Raw)
	}
	want := map[string]string{
		"grant_type": "authorization_code", "code": "code", "code_verifier": "verifier",
		"redirect_uri": "https://app.example/callback", "client_id": "client", "client_secret": "s3cret",
	}
	if got := posted(t, world.requests[0]); !reflect.DeepEqual(got, want) {
		t.Errorf("posted %v\nwant   %v", got, want)
	}
}

// An application that cannot keep a secret sends none: PKCE is what binds the code to it (RFC 8252, section 8.5).
//
// security: 37, 44
func TestExchangeWithoutASecret(t *testing.T) {
	world := answering(`{"access_token": "at", "token_type": "bearer"}`)
	public := social.Options{ClientIDs: []string{"client"}}
	if _, err := social.New(acme(), public, social.Funcs{Transport: world}).Exchange(t.Context(), exchange()); err != nil {
		t.Fatal(err)
	}
	got := posted(t, world.requests[0])
	if _, secret := got["client_secret"]; secret || got["code_verifier"] != "verifier" || world.requests[0].Header.Get("Authorization") != "" {
		t.Errorf("posted %v, Authorization %q", got, world.requests[0].Header.Get("Authorization"))
	}
}

func TestRefresh(t *testing.T) {
	world := answering(`{"access_token": "at2"}`)
	spec := acme()
	spec.Token.RefreshParams = social.Query{{"scope", "a b"}}
	p := social.New(spec, acmeOptions(), social.Funcs{Transport: world}).(core.RefreshingProvider)
	got, err := p.Refresh(t.Context(), "rt")
	if err != nil || got.AccessToken != "at2" || got.RefreshToken != "" || got.AccessTokenExpiresAt != nil {
		t.Errorf("%+v %v", got, err)
	}
	want := map[string]string{
		"grant_type": "refresh_token", "refresh_token": "rt", "scope": "a b", "client_id": "client", "client_secret": "s3cret",
	}
	if got := posted(t, world.requests[0]); !reflect.DeepEqual(got, want) {
		t.Errorf("posted %v\nwant   %v", got, want)
	}
}

func TestRefreshAccessToken(t *testing.T) {
	p := social.New(acme(), acmeOptions(), social.Funcs{
		RefreshAccessToken: func(_ context.Context, token string) (*core.OAuthTokens, error) {
			return &core.OAuthTokens{AccessToken: "for " + token}, nil
		},
	}).(core.RefreshingProvider)
	if got, err := p.Refresh(t.Context(), "rt"); err != nil || got.AccessToken != "for rt" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestClientAuth(t *testing.T) {
	public := social.Options{ClientIDs: []string{"client"}}
	odd := social.Options{ClientIDs: []string{"client"}, ClientSecret: "a b:/é"}
	assertion := func(_ context.Context, id, endpoint string) (string, error) { return id + " at " + endpoint, nil }
	for name, test := range map[string]struct {
		auth      social.ClientAuth
		o         social.Options
		assertion func(context.Context, string, string) (string, error)
		header    string
		want      map[string]string
	}{
		"post":   {social.AuthPost, acmeOptions(), nil, "", map[string]string{"client_id": "client", "client_secret": "s3cret"}},
		"public": {social.AuthPost, public, nil, "", map[string]string{"client_id": "client"}},
		"basic":  {social.AuthBasic, acmeOptions(), nil, "client s3cret", nil},
		"basic with odd characters (RFC 6749 §2.3.1)": {social.AuthBasic, odd, nil, "client a+b%3A%2F%C3%A9", nil},
		"parameters only": {social.AuthParams, acmeOptions(), nil, "", nil},
		"assertion": {social.AuthPost, public, assertion, "", map[string]string{
			"client_id": "client", "client_assertion": "client at https://acme.example/token",
			"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			world := answering(`{"access_token": "at"}`)
			spec := acme()
			spec.Token.Auth = test.auth
			p := social.New(spec, test.o, social.Funcs{Transport: world, ClientAssertion: test.assertion})
			if _, err := p.Exchange(t.Context(), exchange()); err != nil {
				t.Fatal(err)
			}
			r := world.requests[0]
			if id, secret, _ := r.BasicAuth(); strings.TrimSpace(id+" "+secret) != test.header {
				t.Errorf("credentials %q %q, want %q", id, secret, test.header)
			}
			got := posted(t, r)
			for _, name := range []string{"client_id", "client_secret", "client_assertion", "client_assertion_type"} {
				if got[name] != test.want[name] {
					t.Errorf("%s: %q, want %q", name, got[name], test.want[name])
				}
			}
		})
	}
}

func TestClientAuthRefused(t *testing.T) {
	basic := acme()
	basic.Token.Auth = social.AuthBasic
	if _, err := social.New(basic, social.Options{ClientIDs: []string{"client"}}, social.Funcs{}).Exchange(t.Context(), exchange()); !errors.Is(err, social.ErrNoClientSecret) {
		t.Errorf("basic without a secret: %v", err)
	}
	both := social.Funcs{ClientAssertion: func(context.Context, string, string) (string, error) { return "a", nil }}
	if _, err := social.New(acme(), acmeOptions(), both).Exchange(t.Context(), exchange()); err == nil {
		t.Error("a secret and an assertion")
	}
}

// TestTokenRefused has no answer of the endpoint in errors, which are logged.
//
// security: 18
func TestTokenRefused(t *testing.T) {
	for status, body := range map[int]string{
		400: `{"error": "invalid_grant", "error_description": "code s3cret", "access_token": "s3cret"}`,
		200: `{"error": "invalid_grant", "access_token": "s3cret"}`,
		500: `s3cret`,
	} {
		world := &local{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})}
		_, err := social.New(acme(), acmeOptions(), social.Funcs{Transport: world}).Exchange(t.Context(), exchange())
		refused, ok := errors.AsType[*social.TokenError](err)
		if !ok || refused.Status != status || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%d: %v", status, err)
		}
		if ok && status != 500 && refused.Code != "invalid_grant" {
			t.Errorf("code %q", refused.Code)
		}
	}
}

func TestTokenAnswers(t *testing.T) {
	for name, test := range map[string]struct {
		kind, body, want string
	}{
		"JSON":           {"application/json", `{"access_token": "at"}`, "at"},
		"JSON as text":   {"text/plain", `{"access_token": "at"}`, "at"},
		"form":           {"application/x-www-form-urlencoded", `access_token=at&scope=a`, "at"},
		"without tokens": {"application/json", `{}`, ""},
		"HTML":           {"text/html", `<html>`, ""},
		"nothing":        {"", ``, ""},
	} {
		world := &local{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", test.kind)
			_, _ = w.Write([]byte(test.body))
		})}
		got, err := social.New(acme(), acmeOptions(), social.Funcs{Transport: world}).Exchange(t.Context(), exchange())
		if test.want == "" && err == nil || test.want != "" && (err != nil || got.AccessToken != test.want) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}
