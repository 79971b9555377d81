package social_test

import (
	"errors"
	"net/url"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

func request() core.AuthorizationRequest {
	return core.AuthorizationRequest{
		State:        "state",
		CodeVerifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
		RedirectURI:  "https://app.example/api/auth/callback/acme",
	}
}

// TestAuthorizationURL has the challenge of RFC 7636, appendix B.
//
// security: 37
func TestAuthorizationURL(t *testing.T) {
	r := request()
	r.LoginHint, r.Nonce, r.Scopes = "ann@example.com", "nonce", []string{"more"}
	spec := acme()
	spec.Authorization.Params = social.Query{{"zone", "eu"}, {"access_type", "offline"}, {"empty", ""}}
	got, err := social.New(spec, acmeOptions(), social.Funcs{}).AuthorizationURL(t.Context(), r)
	want := "https://acme.example/authorize?response_type=code&client_id=client&state=state" +
		"&scope=openid+email+more&redirect_uri=https%3A%2F%2Fapp.example%2Fapi%2Fauth%2Fcallback%2Facme" +
		"&login_hint=ann%40example.com&nonce=nonce&access_type=offline" +
		"&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&zone=eu"
	if err != nil || got != want {
		t.Errorf("got  %s %v\nwant %s", got, err, want)
	}
}

func TestAuthorizationURLOptions(t *testing.T) {
	o := acmeOptions()
	o.AuthorizationEndpoint = "https://sandbox.example/login?realm=r&state=fixed#top"
	o.RedirectURI = "https://app.example/own"
	o.Prompt, o.ResponseMode = "login", "form_post"
	o.Scope, o.DisableDefaultScope = []string{"only"}, true
	got, err := social.New(acme(), o, social.Funcs{}).AuthorizationURL(t.Context(), request())
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(got)
	if err != nil {
		t.Fatal(err)
	}
	if u.Host != "sandbox.example" || u.Fragment != "top" {
		t.Error(got)
	}
	for name, want := range map[string]string{
		"realm": "r", "state": "state", "redirect_uri": "https://app.example/own", "prompt": "login",
		"response_mode": "form_post", "scope": "only",
	} {
		if values := u.Query()[name]; len(values) != 1 || values[0] != want {
			t.Errorf("%s: %q, want %q", name, values, want)
		}
	}
}

// TestAuthorizationURLOfClient lets a client add parameters, but not those that bind the answer to the
// request.
//
// security: 37
func TestAuthorizationURLOfClient(t *testing.T) {
	spec := acme()
	spec.Authorization.Params = social.Query{{"theme", "light"}}
	spec.Authorization.Fixed = social.Query{{"owner", "user"}}
	r := request()
	r.Nonce = "nonce"
	r.Params = map[string]string{"theme": "dark", "owner": "evil", "extra": "1"}
	bound := []string{"state", "client_id", "redirect_uri", "response_type", "code_challenge", "code_challenge_method", "nonce", "scope"}
	for _, name := range bound {
		r.Params[name] = "evil"
	}
	got, err := social.New(spec, acmeOptions(), social.Funcs{}).AuthorizationURL(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(got)
	for _, name := range append(bound, "owner") {
		if values := u.Query()[name]; len(values) != 1 || values[0] == "evil" {
			t.Errorf("%s: %q", name, values)
		}
	}
	if q := u.Query(); q.Get("theme") != "dark" || q.Get("extra") != "1" {
		t.Error(got)
	}
}

func TestAuthorizationURLNeeds(t *testing.T) {
	needsSecret, broken := acme(), acme()
	needsSecret.Token.NeedsSecret = true
	broken.Invalid = errors.New("no tenant")
	for name, test := range map[string]struct {
		spec social.Spec
		o    social.Options
		want error
	}{
		"client id":                  {acme(), social.Options{ClientSecret: "s"}, social.ErrNoClientID},
		"client secret":              {needsSecret, social.Options{ClientIDs: []string{"c"}}, social.ErrNoClientSecret},
		"valid options":              {broken, acmeOptions(), broken.Invalid},
		"a public client has enough": {acme(), social.Options{ClientIDs: []string{"c"}}, nil},
	} {
		p := social.New(test.spec, test.o, social.Funcs{})
		if _, err := p.AuthorizationURL(t.Context(), request()); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	o := acmeOptions()
	o.AuthorizationEndpoint = "sandbox"
	if got, err := social.New(acme(), o, social.Funcs{}).AuthorizationURL(t.Context(), request()); err == nil {
		t.Errorf("got %s", got)
	}
}
