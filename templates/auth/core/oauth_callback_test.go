package core_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const errorPage = authtest.Origin + "/api/auth/error"

// Each thing that can be wrong with a callback has a name, and the page that asked for the sign-in is told.
func TestCallbackErrors(t *testing.T) {
	for name, tt := range map[string]struct {
		rules  core.ProviderRules
		query  func(q url.Values)
		before func(p *authtest.Provider)
		who    func(who *core.ProviderProfile)
		want   string
	}{
		"refused by the person": {
			query: func(q url.Values) { q.Set("error", "access_denied"); q.Set("error_description", "no & never") },
			want:  "error=access_denied&error_description=no+%26+never",
		},
		"no code":      {query: func(q url.Values) { q.Del("code") }, want: "error=no_code"},
		"foreign code": {query: func(q url.Values) { q.Set("code", "stolen") }, want: "error=invalid_code"},
		"other issuer": {
			rules: core.ProviderRules{Issuer: "https://acme.example"},
			query: func(q url.Values) { q.Set("iss", "https://evil.example") }, want: "error=issuer_mismatch",
		},
		"nonce lost": {
			rules:  core.ProviderRules{UseNonce: true},
			before: func(p *authtest.Provider) { p.ForgetNonces() }, want: "error=unable_to_get_user_info",
		},
		"nonce never sent": {
			before: func(p *authtest.Provider) { p.Allow.UseNonce = true }, want: "error=nonce_binding_missing",
		},
		"provider down": {
			before: func(p *authtest.Provider) { p.Fails = errors.New("down") }, want: "error=invalid_code",
		},
		"no address": {who: func(who *core.ProviderProfile) { who.Email = "" }, want: "error=email_not_found"},
		"no subject": {who: func(who *core.ProviderProfile) { who.AccountID = "" }, want: "error=unable_to_get_user_info"},
	} {
		t.Run(name, func(t *testing.T) {
			server, acme := newSocial(t)
			acme.Allow = tt.rules
			client, who := server.Client(), authtest.Ada()
			if tt.who != nil {
				tt.who(&who)
			}
			client.Begin(acme, "/sign-in/social", authtest.M{"errorCallbackURL": "/failed?from=here#top"})
			path := acme.Consent(who)
			if tt.before != nil {
				tt.before(acme)
			}
			if tt.query != nil {
				path = withQuery(path, tt.query)
			}
			client.Get(path).WantRedirect("/failed?from=here&" + tt.want + "#top")
			if client.SignedIn() {
				t.Error("signed in")
			}
		})
	}
}

// withQuery changes the query of a path.
func withQuery(path string, change func(q url.Values)) string {
	base, query, _ := strings.Cut(path, "?")
	values, _ := url.ParseQuery(query)
	change(values)
	return base + "?" + values.Encode()
}

// What a provider sends along as issuer is compared when both sides know it. security: 38
func TestCallbackIssuer(t *testing.T) {
	server, acme := newSocial(t)
	iss := func(q url.Values) { q.Set("iss", "https://acme.example") }
	for _, issuer := range []string{"", "https://acme.example"} {
		acme.Allow.Issuer = issuer
		client := server.Client()
		client.Begin(acme, "/sign-in/social", authtest.M{"callbackURL": "/inside"})
		client.Get(withQuery(acme.Consent(authtest.Ada()), iss)).WantRedirect("/inside")
	}
}

func TestCallbackErrorPages(t *testing.T) {
	server, acme := newSocial(t)
	for target, want := range map[string]string{
		"":                    errorPage + "?error=no_code",
		"/failed":             "/failed?error=no_code",
		authtest.Origin:       authtest.Origin + "/?error=no_code",
		authtest.Origin + "?": authtest.Origin + "/?error=no_code",
	} {
		client, body := server.Client(), authtest.M{}
		if target != "" {
			body["errorCallbackURL"] = target
		}
		client.Begin(acme, "/sign-in/social", body)
		client.Get(withQuery(acme.Consent(authtest.Ada()), func(q url.Values) { q.Del("code") })).WantRedirect(want)
	}
	server, _ = newSocial(t, authtest.Configure(func(o *core.Options) { o.OnAPIError.ErrorURL = "https://app.example/oops" }))
	server.Client().Get("/callback/acme?code=x").WantRedirect("https://app.example/oops?error=state_not_found")
}

func TestCallbackInput(t *testing.T) {
	server, acme := newSocial(t)
	client := server.Client()
	client.Get("/callback/acme?state=a&state=b").WantError(400, "VALIDATION_ERROR")
	client.Get("/callback/acme").WantRedirect(errorPage + "?error=state_not_found")
	client.Get("/callback/acme?code=x&state=unknown").WantRedirect(errorPage + "?error=state_mismatch")
	client.Begin(acme, "/sign-in/social", nil)
	path := strings.Replace(acme.Consent(authtest.Ada()), "/acme", "/nobody", 1)
	client.Get(path).WantRedirect(errorPage + "?error=oauth_provider_not_found")
}

// A form post comes without cookies, so it is answered with a redirect to the same callback.
func TestCallbackForm(t *testing.T) {
	server, acme := newSocial(t)
	ada := server.Client()
	ada.Begin(acme, "/sign-in/social", authtest.M{"callbackURL": "/inside"})
	path := acme.Consent(authtest.Ada())
	_, query, _ := strings.Cut(path, "?")
	form, _ := url.ParseQuery(query)
	form.Set("user", `{"name":{"firstName":"Ada"}}`)
	form.Set("unknown", "x")

	page := server.Client() // the browser, on the provider's page
	page.Header.Del("Origin")
	bounced := page.PostForm("/callback/acme", form).Want(302).Header.Get("Location")
	want := authtest.Origin + "/api/auth/callback/acme?code=" + form.Get("code") + "&state=" + form.Get("state") +
		"&user=%7B%22name%22%3A%7B%22firstName%22%3A%22Ada%22%7D%7D"
	if bounced != want {
		t.Errorf("redirect to %q\nwant %q", bounced, want)
	}
	ada.Open(bounced).WantRedirect("/inside")
	if got := acme.Form(); got != form.Get("user") {
		t.Errorf("the provider got %q", got)
	}

	page.PostForm("/callback/acme?code=query", url.Values{"code": {"form"}, "state": {"a b*~"}}).
		WantRedirect(authtest.Origin + "/api/auth/callback/acme?code=query&state=a+b*%7E")
	page.PostForm("/callback/acme", nil).WantRedirect(authtest.Origin + "/api/auth/callback/acme?")
	page.PostForm("/callback/acme?code=a&code=b", nil).WantError(400, "VALIDATION_ERROR")
}

// A code nobody asked for is never used; where the provider may begin, a sign-in of our own takes its place.
func TestUnaskedCallback(t *testing.T) {
	server, acme := newSocial(t)
	client := server.Client()
	client.Get("/callback/acme?code=unasked").WantRedirect(errorPage + "?error=state_not_found")
	acme.Allow.AllowIDPInitiated = true
	if page := client.Get("/callback/acme?code=unasked").Want(302).Header.Get("Location"); !strings.HasPrefix(page, "https://acme.example/authorize?") {
		t.Errorf("redirect to %q", page)
	}
	client.Get(acme.Consent(authtest.Ada())).WantRedirect(authtest.Origin)
	client.Get("/callback/acme?error=access_denied").WantRedirect(errorPage + "?error=state_not_found")
}
