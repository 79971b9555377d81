package core_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// dynamic lets requests decide the base URL. Most such servers are in production, where they would count requests.
func dynamic(o core.DynamicBaseURLOptions) authtest.Option {
	return authtest.Configure(func(opts *core.Options) {
		opts.DynamicBaseURL, opts.RateLimit.Enabled = o, new(bool)
	})
}

// shops are the hosts of most tests.
func shops() core.DynamicBaseURLOptions {
	return core.DynamicBaseURLOptions{AllowedHosts: []string{"shop.example", "*.shop.example:8443", "localhost:*"}}
}

// baseOf asks for a password reset and returns what the link begins with; "" when the request was refused.
func baseOf(t *testing.T, server *authtest.Server, change func(r *http.Request)) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/api/auth/request-password-reset", strings.NewReader(`{"email":"ada@example.com"}`))
	r.Header.Set("Content-Type", "application/json")
	change(r)
	answer := httptest.NewRecorder()
	server.Auth.ServeHTTP(answer, r)
	if answer.Code == 421 && strings.Contains(answer.Body.String(), `"code":"HOST_NOT_ALLOWED"`) {
		return ""
	}
	if answer.Code != 200 {
		t.Fatalf("answer %d %s", answer.Code, answer.Body)
	}
	link, _, _ := strings.Cut(server.Inbox.Last("reset-password").URL, "/reset-password/")
	return link
}

func withAda(t *testing.T, options ...authtest.Option) *authtest.Server {
	t.Helper()
	server := authtest.New(t, options...)
	server.ClientAt("https://shop.example").SignUp("ada@example.com")
	return server
}

// TestLinksFollowAllowedHosts checks that a link in a mail leads to a host that is allowed or to the fallback,
// whatever a request says.
//
// security: 22
func TestLinksFollowAllowedHosts(t *testing.T) {
	tests := []struct{ host, want string }{
		{"shop.example", "http://shop.example/api/auth"},
		{"SHOP.Example", "http://shop.example/api/auth"},
		{"a.shop.example:8443", "http://a.shop.example:8443/api/auth"},
		{"localhost:3000", "http://localhost:3000/api/auth"},
		{"shop.example:8080", ""},
		{"a.shop.example", ""},
		{"shop.example.", ""},
		{"evil.example", ""},
		{"shop.example.evil.example", ""},
		{"evilshop.example", ""},
		{"user@shop.example", ""},
		{"shop.example@evil.example", ""},
		{"shop.example/evil", ""},
		{"shop.example, evil.example", ""},
		{"https://shop.example/", ""},
		{"[::1]", ""},
		{"bücher.shop.example:8443", ""},
		{"xn--bcher-kva.shop.example:8443", "http://xn--bcher-kva.shop.example:8443/api/auth"},
	}
	strict := withAda(t, dynamic(shops()))
	o := shops()
	o.Fallback = "https://main.example"
	lenient := withAda(t, dynamic(o))
	for _, tt := range tests {
		set := func(r *http.Request) { r.Host = tt.host }
		if got := baseOf(t, strict, set); got != tt.want {
			t.Errorf("%q: base URL %q, want %q", tt.host, got, tt.want)
		}
		if tt.want == "" {
			tt.want = "https://main.example/api/auth"
		}
		if got := baseOf(t, lenient, set); got != tt.want {
			t.Errorf("%q: base URL %q, want %q", tt.host, got, tt.want)
		}
	}
}

// TestForwardedHost checks who is believed about the host and the protocol of a request.
//
// security: 22
func TestForwardedHost(t *testing.T) {
	const own = "http://shop.example/api/auth"
	believe := authtest.Configure(func(o *core.Options) { o.Advanced.TrustedProxyHeaders = true })
	proxies := authtest.Configure(func(o *core.Options) { o.Advanced.IPAddress.TrustedProxies = []string{"192.0.2.0/28", "::1"} })
	tests := []struct {
		name    string
		options []authtest.Option
		remote  string
		host    []string
		proto   string
		want    string
	}{
		{"not believed", nil, "192.0.2.1:1", []string{"a.shop.example:8443"}, "https", own},
		{"believed", []authtest.Option{believe}, "203.0.113.9:1", []string{"a.shop.example:8443"}, "https", "https://a.shop.example:8443/api/auth"},
		{"protocol alone", []authtest.Option{believe}, "203.0.113.9:1", nil, "https", "https://shop.example/api/auth"},
		{"no protocol", []authtest.Option{believe}, "203.0.113.9:1", nil, "javascript", own},
		{"two protocols", []authtest.Option{believe}, "203.0.113.9:1", nil, "https,http", own},
		{"not allowed", []authtest.Option{believe}, "203.0.113.9:1", []string{"evil.example"}, "", ""},
		{"a list", []authtest.Option{believe}, "203.0.113.9:1", []string{"a.shop.example:8443, b.shop.example:8443"}, "", own},
		{"twice", []authtest.Option{believe}, "203.0.113.9:1", []string{"a.shop.example:8443", "b.shop.example:8443"}, "", own},
		{"no host", []authtest.Option{believe}, "203.0.113.9:1", []string{"user@a.shop.example:8443"}, "", own},
		{"from a proxy", []authtest.Option{believe, proxies}, "192.0.2.1:1", []string{"a.shop.example:8443"}, "", "http://a.shop.example:8443/api/auth"},
		{"from a proxy over IPv6", []authtest.Option{believe, proxies}, "[::1]:1", []string{"a.shop.example:8443"}, "", "http://a.shop.example:8443/api/auth"},
		{"past the proxy", []authtest.Option{believe, proxies}, "203.0.113.9:1", []string{"a.shop.example:8443"}, "https", own},
		{"from nowhere", []authtest.Option{believe, proxies}, "@", []string{"a.shop.example:8443"}, "https", own},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := withAda(t, append(tt.options, dynamic(shops()))...)
			got := baseOf(t, server, func(r *http.Request) {
				r.Host, r.RemoteAddr = "shop.example", tt.remote
				r.Header["X-Forwarded-Host"] = tt.host
				if tt.proto != "" {
					r.Header.Set("X-Forwarded-Proto", tt.proto)
				}
			})
			if got != tt.want {
				t.Errorf("base URL %q, want %q", got, tt.want)
			}
		})
	}
}

// TestRefusedHostReachesNothing checks that a host that is not allowed gets no answer of an endpoint, and that
// the log tells of it.
func TestRefusedHostReachesNothing(t *testing.T) {
	var events []core.Event
	server := authtest.New(t, dynamic(shops()), authtest.WithHooks(core.Hooks{Audit: func(_ context.Context, event core.Event) {
		events = append(events, event)
	}}))
	stranger := server.ClientAt("https://evil.example")
	for _, answer := range []*authtest.Response{
		stranger.Get("/ok"), stranger.Get("/nowhere"), stranger.Get("/error"),
		stranger.Post("/sign-up/email", authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "Ada"}),
	} {
		answer.WantError(421, "HOST_NOT_ALLOWED")
	}
	if len(events) != 4 || events[0].EventKind != core.EventUntrustedHost || events[0].Details[0].Value.String() != "evil.example" {
		t.Errorf("events %v", events)
	}
	server.ClientAt("https://shop.example").SignUp("ada@example.com")
}

// TestAllowedHostsAreTrustedOrigins checks which pages may call, for each protocol.
func TestAllowedHostsAreTrustedOrigins(t *testing.T) {
	tests := []struct{ protocol, trusted, refused string }{
		{"", "https://shop.example http://localhost:3000 https://localhost:3000 https://a.shop.example:8443 https://main.example",
			"http://shop.example https://shop.example.evil.example https://a.shop.example null"},
		{"https", "https://shop.example http://localhost:3000", "http://shop.example"},
		{"auto", "https://shop.example http://shop.example http://localhost:3000 http://a.shop.example:8443", "http://main.example"},
		{"http", "http://shop.example http://localhost:3000", "https://shop.example https://localhost:3000"},
	}
	for _, tt := range tests {
		o := shops()
		o.Protocol, o.Fallback = tt.protocol, "https://main.example"
		server := authtest.New(t, dynamic(o))
		ask := func(origin string) *authtest.Response {
			client := server.ClientAt("http://shop.example")
			client.Header.Set("Origin", origin)
			return client.Post("/sign-in/email", authtest.M{"email": "ada@example.com", "password": authtest.Password})
		}
		for _, origin := range strings.Fields(tt.trusted) {
			ask(origin).WantError(401, "INVALID_EMAIL_OR_PASSWORD")
		}
		for _, origin := range strings.Fields(tt.refused) {
			ask(origin).Want(403)
		}
	}
}

// TestCookiesOfAllowedHosts checks prefix, Secure and Domain. Only cookies shared between subdomains follow the
// request, as in Better Auth 1.7.5.
func TestCookiesOfAllowedHosts(t *testing.T) {
	shared := authtest.Configure(func(o *core.Options) { o.Advanced.CrossSubDomainCookies.Enabled = true })
	domain := authtest.Configure(func(o *core.Options) { o.Advanced.CrossSubDomainCookies.Domain = "shop.example" })
	development := authtest.WithEnv(map[string]string{"BETTER_AUTH_ENV": "development"})
	tests := []struct {
		name, protocol, origin string
		options                []authtest.Option
		secure                 bool
		domain                 string
	}{
		{"https", "https", "http://localhost:3000", nil, true, ""},
		{"http", "http", "http://shop.example", nil, false, ""},
		{"production", "auto", "https://shop.example", nil, true, ""},
		{"development", "auto", "https://shop.example", []authtest.Option{development}, false, ""},
		{"shared over https", "auto", "https://shop.example", []authtest.Option{development, shared}, true, "shop.example"},
		{"shared over http", "auto", "http://localhost:3000", []authtest.Option{shared}, false, "localhost"},
		{"shared by name", "auto", "https://a.shop.example:8443", []authtest.Option{shared, domain}, true, "shop.example"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := shops()
			o.Protocol = tt.protocol
			server := authtest.New(t, append([]authtest.Option{dynamic(o)}, tt.options...)...)
			line := server.ClientAt(tt.origin).Post("/sign-up/email", authtest.M{
				"email": "ada@example.com", "password": authtest.Password, "name": "Ada",
			}).Want(200).SetCookie("session_token")
			if got := strings.HasPrefix(line, "__Secure-") && strings.Contains(line, "; Secure"); got != tt.secure {
				t.Errorf("secure %v: %s", got, line)
			}
			if strings.Contains(line, "Secure") != tt.secure {
				t.Errorf("prefix without attribute: %s", line)
			}
			_, rest, _ := strings.Cut(line, "; Domain=")
			if got, _, _ := strings.Cut(rest, ";"); got != tt.domain {
				t.Errorf("domain %q: %s", got, line)
			}
		})
	}
}

// TestSocialSignInOnAllowedHosts checks that a provider sends the browser back to the host it came from.
func TestSocialSignInOnAllowedHosts(t *testing.T) {
	server, acme := newSocial(t, dynamic(shops()))
	for _, origin := range []string{"https://shop.example", "https://a.shop.example:8443"} {
		ada := server.ClientAt(origin)
		begin := ada.Begin(acme, "/sign-in/social", authtest.M{"callbackURL": origin + "/inside"})
		if got := acme.Request().RedirectURI; got != origin+"/api/auth/callback/acme" {
			t.Errorf("redirect URI %s", got)
		}
		begin.Want(200)
		ada.Get("/callback/acme?state=" + acme.Request().State + "&error=no").WantRedirect(origin + "/api/auth/error?error=no")
		ada.SignInWith(acme, authtest.Ada())
		if !ada.SignedIn() {
			t.Errorf("no session at %s", origin)
		}
	}
}

// TestGoCodeWithoutRequest checks that links are only made where somebody has said where they lead.
func TestGoCodeWithoutRequest(t *testing.T) {
	in := core.RequestPasswordResetInput{Email: "ada@example.com"}
	strict := withAda(t, dynamic(shops()))
	if _, err := strict.Auth.RequestPasswordReset(t.Context(), core.NewCall(nil), in); err == nil || !strings.Contains(err.Error(), "fallback") {
		t.Errorf("error %v", err)
	}
	if _, err := strict.Auth.SignUpEmail(t.Context(), core.NewCall(nil), core.SignUpEmailInput{
		Name: "Eve", Email: "eve@example.com", Password: authtest.Password,
	}); err == nil {
		t.Error("a user was stored without a link")
	}
	request := httptest.NewRequest(http.MethodGet, "https://shop.example/anywhere", nil)
	if _, err := strict.Auth.RequestPasswordReset(t.Context(), core.NewCall(request), in); err != nil {
		t.Fatal(err)
	}
	if url := strict.Inbox.Last("reset-password").URL; !strings.HasPrefix(url, "https://shop.example/api/auth/reset-password/") {
		t.Errorf("link %s", url)
	}
	if base := strict.Auth.BaseURL(); base != "/api/auth" {
		t.Errorf("base URL %q", base)
	}

	o := shops()
	o.Fallback = "https://main.example/api/auth"
	lenient := withAda(t, dynamic(o))
	if _, err := lenient.Auth.RequestPasswordReset(t.Context(), core.NewCall(nil), in); err != nil {
		t.Fatal(err)
	}
	if url := lenient.Inbox.Last("reset-password").URL; !strings.HasPrefix(url, "https://main.example/api/auth/reset-password/") {
		t.Errorf("link %s", url)
	}
	if base, err := lenient.Auth.BaseURLOf(core.NewCall(request)); base != "https://shop.example/api/auth" || err != nil {
		t.Errorf("base URL %q, %v", base, err)
	}
}

// TestAllowedHostsAreChecked refuses options with which a request could choose where links lead.
//
// security: 22
func TestAllowedHostsAreChecked(t *testing.T) {
	tests := []struct {
		options core.DynamicBaseURLOptions
		want    string
	}{
		{core.DynamicBaseURLOptions{Fallback: "https://shop.example"}, "baseURL.allowedHosts is empty"},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"*"}}, "allows any host"},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"shop.example", "*:*"}}, "allows any host"},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"shop.example", ""}}, "allows any host"},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"https://*"}}, "allows any host"},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"shop.example"}, Protocol: "ftp"}, "want http, https or auto"},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"shop.example"}, Fallback: "shop.example"}, "baseURL.fallback"},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"shop.example"}, Fallback: "https://shop.example/elsewhere"}, "the path is /elsewhere"},
	}
	for _, tt := range tests {
		o := core.DefaultOptions()
		o.DynamicBaseURL, o.Secret = tt.options, authtest.Secret
		if _, err := core.New(core.Config{Options: o}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: error %v", tt.options, err)
		}
	}
}

// TestProductionOfAllowedHosts checks that a server somebody else can reach is in production unless told
// otherwise.
func TestProductionOfAllowedHosts(t *testing.T) {
	tests := []struct {
		options core.DynamicBaseURLOptions
		env     string
		want    bool
	}{
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"localhost:*", "127.0.0.1:3000"}}, "", false},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"localhost:*"}, Fallback: "https://shop.example"}, "", true},
		{shops(), "", true},
		{shops(), "development", false},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"localhost:*"}, Protocol: "https"}, "", true},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"shop.example"}, Protocol: "http"}, "", false},
		{core.DynamicBaseURLOptions{AllowedHosts: []string{"shop.example"}, Protocol: "http"}, "production", true},
	}
	for _, tt := range tests {
		env := func(name string) string { return map[string]string{"BETTER_AUTH_ENV": tt.env}[name] }
		if got := core.Production(core.Options{DynamicBaseURL: tt.options}, env); got != tt.want {
			t.Errorf("%+v in %q: %v", tt.options, tt.env, got)
		}
	}
}
