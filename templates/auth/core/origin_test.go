package core_test

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// headers replaces what the client sends besides cookies.
func headers(client *authtest.Client, h map[string]string) *authtest.Client {
	client = client.Clone()
	client.Header.Del("Origin")
	for name, value := range h {
		client.Header.Set(name, value)
	}
	return client
}

func trusting(origins ...string) authtest.Option {
	return authtest.Configure(func(o *core.Options) { o.TrustedOrigins = origins })
}

// What changes state and carries cookies must come from a page of ours.
//
// security: 19
func TestOriginOfRequestsWithCookies(t *testing.T) {
	server := authtest.New(t, trusting("https://trusted.example.com", "https://*.wild.example.com"))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	tests := []struct {
		h    map[string]string
		code string
	}{
		{map[string]string{"Origin": authtest.Origin}, ""},
		{map[string]string{"Origin": "https://trusted.example.com"}, ""},
		{map[string]string{"Origin": "https://a.wild.example.com"}, ""},
		{map[string]string{"Referer": authtest.Origin + "/page?x"}, ""},
		{map[string]string{"Origin": "null", "Sec-Fetch-Site": "same-origin"}, ""},
		{map[string]string{}, "MISSING_OR_NULL_ORIGIN"},
		{map[string]string{"Origin": "null"}, "MISSING_OR_NULL_ORIGIN"},
		{map[string]string{"Origin": "null", "Sec-Fetch-Site": "cross-site"}, "MISSING_OR_NULL_ORIGIN"},
		{map[string]string{"Origin": "https://evil.example"}, "INVALID_ORIGIN"},
		{map[string]string{"Origin": "https://evil.example", "Referer": authtest.Origin}, "INVALID_ORIGIN"},
		{map[string]string{"Origin": "http://localhost:3001"}, "INVALID_ORIGIN"},
		{map[string]string{"Origin": "https://localhost:3000"}, "INVALID_ORIGIN"},
		{map[string]string{"Origin": "https://trusted.example.com.evil.example"}, "INVALID_ORIGIN"},
		{map[string]string{"Origin": "https://wild.example.com"}, "INVALID_ORIGIN"},
		{map[string]string{"Host": "evil.example", "Origin": "https://evil.example"}, "INVALID_ORIGIN"}, // security: 22
	}
	for _, tt := range tests {
		answer := headers(ada, tt.h).Post("/update-user", authtest.M{"name": "Ada"})
		if answer.Text("code") != tt.code || tt.code == "" && answer.Status != 200 {
			t.Errorf("%v: %d %s, want %q", tt.h, answer.Status, answer.Body, tt.code)
		}
	}
	headers(ada, nil).Get("/get-session").Want(200) // reading needs no origin
}

// Without cookies only sign-in and sign-up are worth forging, by a form on a foreign page.
//
// security: 19
func TestOriginOfSignInWithoutCookies(t *testing.T) {
	server := authtest.New(t)
	server.Client().SignUp("ada@example.com")
	tests := []struct {
		h    map[string]string
		code string
	}{
		{map[string]string{}, ""}, // no browser
		{map[string]string{"Origin": authtest.Origin}, ""},
		{map[string]string{"Origin": authtest.Origin, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, ""},
		{map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Origin": authtest.Origin}, "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED"},
		{map[string]string{"Sec-Fetch-Site": "cross-site"}, "MISSING_OR_NULL_ORIGIN"},
		{map[string]string{"Sec-Fetch-Dest": "document", "Origin": "https://evil.example"}, "INVALID_ORIGIN"},
		{map[string]string{"Origin": "https://evil.example"}, "INVALID_ORIGIN"},
	}
	for _, tt := range tests {
		answer := signIn(headers(server.Client(), tt.h), "ada@example.com", authtest.Password)
		if answer.Text("code") != tt.code || tt.code == "" && answer.Status != 200 {
			t.Errorf("%v: %d %s, want %q", tt.h, answer.Status, answer.Body, tt.code)
		}
	}
}

// security: 20
func TestRedirectTargets(t *testing.T) {
	server := authtest.New(t, trusting("https://trusted.example.com", "myapp://"))
	server.Client().SignUp("ada@example.com")
	good := []string{"/", "/a?x=1#y", "/a b", "/@a", authtest.Origin + "/x", "https://trusted.example.com/x", "myapp://done"}
	bad := []string{
		"//evil.example", "/\\evil.example", "/%2fevil.example", "/%5cevil.example", "/a\n", "\\\\evil.example", "/\t/evil.example",
		"https://evil.example", "https://trusted.example.com.evil.example", "https://trusted.example.com@evil.example",
		"http://trusted.example.com", "http://localhost:3001/", "javascript:alert(1)", "data:text/html,x", "otherapp://done", "evil", " /a", "null",
	}
	send := func(target string) *authtest.Response {
		return server.Client().Post("/sign-in/email", authtest.M{"email": "ada@example.com", "password": authtest.Password, "callbackURL": target})
	}
	for _, target := range good {
		send(target).Want(200)
	}
	for _, target := range bad {
		if answer := send(target); answer.Text("code") != "INVALID_CALLBACK_URL" {
			t.Errorf("%q: %d %s", target, answer.Status, answer.Body)
		}
	}
	server.Client().Post("/request-password-reset", authtest.M{"email": "ada@example.com", "redirectTo": "//evil.example"}).
		WantError(403, "INVALID_REDIRECT_URL")
}

// The path decides about limits and disabled routes, so it has one spelling.
//
// security: 21
func TestPathsHaveOneSpelling(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.DisabledPaths = []string{"/ok"} }))
	for _, path := range []string{"/ok", "/ok/", "//ok", "/%6fk", "/OK", "/x/../ok"} {
		server.Client().Get(path).Want(404)
	}
}

// No other spelling of a path reaches an endpoint whose allowance is used up (GHSA-x732).
//
// security: 21
func TestNoSpellingDodgesALimit(t *testing.T) {
	for _, skip := range []bool{false, true} {
		server := authtest.New(t, authtest.Configure(func(o *core.Options) {
			on := true
			o.RateLimit.Enabled, o.Advanced.SkipTrailingSlashes = &on, skip
		}))
		client := server.Client()
		body := authtest.M{"email": "ada@example.com", "password": "wrong password"}
		for range 3 {
			client.Post("/sign-in/email", body).Want(401)
		}
		for _, path := range []string{
			"/sign-in/email", "/sign-in/email/", "/sign-in/email//", "//sign-in/email", "/sign-in//email", "/./sign-in/email", "/x/../sign-in/email",
			"/%73ign-in/email", "/sign-in%2femail", "/sign-in/%65mail", "/SIGN-IN/email", "/sign-in/email;x", "/sign-in/email%00", "/sign-in/email?x", "/sign-in/email%3fx",
		} {
			if answer := client.Post(path, body); answer.Status != 404 && answer.Status != 429 {
				t.Errorf("%s, trailing slashes are skipped: %v: %d %s", path, skip, answer.Status, answer.Body)
			}
		}
	}
}

// What a request says about its host decides neither links nor origins nor redirects.
//
// security: 22
func TestTheRequestDoesNotNameTheServer(t *testing.T) {
	server := authtest.New(t)
	server.Client().SignUp("ada@example.com")
	for header, value := range map[string]string{
		"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Server": "evil.example", "X-Original-Host": "evil.example",
		"X-Host": "evil.example", "Forwarded": "host=evil.example;proto=https", "Host": "evil.example",
	} {
		client := server.Client()
		send := func(path string, body authtest.M) *authtest.Response {
			r := client.Request("POST", path, body)
			r.Header.Set(header, value)
			if header == "Host" {
				r.Host = value
			}
			return client.Do(r)
		}
		send("/request-password-reset", authtest.M{"email": "ada@example.com"}).Want(200)
		if link := server.Inbox.Last("reset-password").URL; !strings.HasPrefix(link, authtest.Origin+"/") {
			t.Errorf("%s: link %s", header, link)
		}
		send("/request-password-reset", authtest.M{"email": "ada@example.com", "redirectTo": "https://evil.example/"}).
			WantError(403, "INVALID_REDIRECT_URL")
		client.SignIn("ada@example.com")
		client.Header.Set("Origin", "https://evil.example")
		send("/sign-out", authtest.M{}).WantError(403, "INVALID_ORIGIN")
	}
}

// A native app is known by exactly the scheme or host and path that were configured, and by any port of the
// loopback interface (RFC 8252, sections 7 and 8).
//
// security: 44
func TestNativeApps(t *testing.T) {
	server := authtest.New(t, trusting("com.example.app://", "myapp://login", "http://127.0.0.1:*", "http://[::1]:*"))
	server.Client().SignUp("ada@example.com")
	for target, want := range map[string]int{
		"com.example.app://":              200,
		"com.example.app://done?x=1":      200,
		"myapp://login":                   200,
		"myapp://login/done":              200,
		"http://127.0.0.1:49152/done":     200,
		"http://127.0.0.1:8/":             200,
		"http://[::1]:49152/done":         200,
		"com.example.app2://done":         403,
		"com.example.ap://done":           403,
		"com.example://done":              403,
		"org.example.app://done":          403,
		"myapp://other":                   403,
		"myapp://login.evil":              403,
		"myapp://login@evil":              403,
		"myapp2://login":                  403,
		"http://127.0.0.1.evil.com:49152": 403,
		"http://127.0.0.2:49152/":         403,
		"http://127.0.0.1:49152@evil.com": 403,
		"https://127.0.0.1:49152/":        403,
		"http://[::2]:49152/":             403,
	} {
		body := authtest.M{"email": "ada@example.com", "password": authtest.Password, "callbackURL": target}
		if answer := server.Client().Post("/sign-in/email", body); answer.Status != want {
			t.Errorf("%s: %d %s", target, answer.Status, answer.Body)
		}
	}
}
