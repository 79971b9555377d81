package social_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// calls are all ways of a provider to reach another host.
func calls(t *testing.T, transport http.RoundTripper) map[string]func() error {
	spec := acme()
	spec.IDToken = &social.IDToken{JWKS: "https://acme.example/keys", Issuers: []string{"https://acme.example"}}
	p := social.New(spec, acmeOptions(), social.Funcs{Transport: transport})
	return map[string]func() error{
		"exchange": func() error { _, err := p.Exchange(t.Context(), exchange()); return err },
		"refresh": func() error {
			_, err := p.(core.RefreshingProvider).Refresh(t.Context(), "rt-s3cret")
			return err
		},
		"profile": func() error {
			_, err := p.UserInfo(t.Context(), &core.OAuthTokens{AccessToken: "at-s3cret"}, nil)
			return err
		},
		"keys": func() error {
			return p.(core.IDTokenProvider).VerifyIDToken(t.Context(), newKey(t).sign(claims(nil)), "")
		},
	}
}

// TestRedirects follows none: they could carry secrets elsewhere, or reach into the own network.
//
// security: 42
func TestRedirects(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		world := &local{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Host == "acme.example" {
				http.Redirect(w, r, "http://169.254.169.254/", status)
			}
		})}
		for name, call := range calls(t, world) {
			if call() == nil {
				t.Errorf("%s: a redirect with %d is an answer", name, status)
			}
		}
		for _, r := range world.requests {
			if r.URL.Host != "acme.example" {
				t.Errorf("%d led to %s", status, r.URL)
			}
		}
	}
}

// TestLargeAnswers reads no more than a megabyte.
//
// security: 42
func TestLargeAnswers(t *testing.T) {
	large := `{"id": "1", "access_token": "at", "keys": [], "x": "` + strings.Repeat("x", 1<<20) + `"}`
	for name, call := range calls(t, answering(large)) {
		if call() == nil {
			t.Errorf("%s: a megabyte is not too much", name)
		}
	}
}

type broken struct{}

func (broken) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("no route to host")
}

// TestUnreachable fails, and says nothing secret.
//
// security: 18 50
func TestUnreachable(t *testing.T) {
	for name, call := range calls(t, broken{}) {
		err := call()
		if err == nil || !strings.Contains(err.Error(), "no route to host") || !strings.Contains(err.Error(), "acme") {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the error tells a secret: %v", name, err)
		}
	}
	spec := acme()
	spec.UserInfo = social.Fetched[person](social.Request{
		URL: "https://acme.example/me", Query: social.Query{{"key", "s3cret"}},
	})
	p := social.New(spec, acmeOptions(), social.Funcs{Transport: broken{}})
	if _, err := p.UserInfo(t.Context(), &core.OAuthTokens{AccessToken: "at"}, nil); err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("the error tells a secret: %v", err)
	}
}

func TestWithin(t *testing.T) {
	for path, want := range map[string]string{
		"data.people": "first",
		"data.owner":  "owner",
		"data.none":   "",
		"data.null":   "",
		"people":      "",
		"data.text.x": "",
	} {
		spec := acme()
		spec.UserInfo = social.Fetched[person](social.Request{URL: "https://acme.example/me", Within: path})
		p := social.New(spec, acmeOptions(), social.Funcs{Transport: answering(
			`{"data": {"people": [{"id": "first"}, {"id": "second"}], "owner": {"id": "owner"}, "null": null, "text": "x"}}`,
		)})
		got, err := p.UserInfo(t.Context(), &core.OAuthTokens{AccessToken: "at"}, nil)
		if want == "" && err == nil || want != "" && (err != nil || got.AccountID != want) {
			t.Errorf("%s: %+v %v, want %q", path, got, err, want)
		}
	}
}

// TestDeadlines waits for no provider for ever.
//
// security: 42
func TestDeadlines(t *testing.T) {
	world := &local{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if until, ok := r.Context().Deadline(); !ok || time.Until(until) > 10*time.Second {
			t.Errorf("%s: no deadline", r.URL)
		}
	})}
	for name, call := range calls(t, world) {
		if before := len(world.requests); call() == nil || len(world.requests) == before {
			t.Errorf("%s: did not fail on an empty answer", name)
		}
	}
}
