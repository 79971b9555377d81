package core_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const frontend = "https://app.example.com"

func corsServer(t *testing.T, origins ...string) *authtest.Server {
	return authtest.New(t, authtest.Configure(func(o *core.Options) { o.CORS.Origins = origins }))
}

// fetchFrom sends a request as a browser does for a page of another origin.
func fetchFrom(server *authtest.Server, method, path, origin string, more ...string) *http.Response {
	r := httptest.NewRequest(method, authtest.Origin+"/api/auth"+path, strings.NewReader(""))
	r.Header.Set("Origin", origin)
	for i := 0; i+1 < len(more); i += 2 {
		r.Header.Set(more[i], more[i+1])
	}
	w := httptest.NewRecorder()
	server.Auth.ServeHTTP(w, r)
	return w.Result()
}

func TestCORSIsOff(t *testing.T) {
	server := corsServer(t)
	preflight := fetchFrom(server, "OPTIONS", "/sign-in/email", frontend, "Access-Control-Request-Method", "POST")
	get := fetchFrom(server, "GET", "/get-session", frontend)
	if preflight.StatusCode != 404 || get.StatusCode != 200 {
		t.Errorf("status %d, %d", preflight.StatusCode, get.StatusCode)
	}
	for name := range get.Header {
		if strings.HasPrefix(name, "Access-Control-") || name == "Vary" {
			t.Errorf("header %s: %s", name, get.Header.Get(name))
		}
	}
}

func TestCORSForListedOrigins(t *testing.T) {
	server := corsServer(t, frontend)
	preflight := fetchFrom(server, "OPTIONS", "/sign-in/email", frontend,
		"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")
	want := map[string]string{
		"Access-Control-Allow-Origin": frontend, "Access-Control-Allow-Credentials": "true",
		"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "content-type", "Access-Control-Max-Age": "600",
	}
	for name, value := range want {
		if got := preflight.Header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	if preflight.StatusCode != 204 {
		t.Errorf("status %d", preflight.StatusCode)
	}
	get := fetchFrom(server, "GET", "/get-session", frontend)
	if get.StatusCode != 200 || get.Header.Get("Access-Control-Allow-Origin") != frontend || get.Header.Get("Vary") != "Origin" {
		t.Errorf("%d %v", get.StatusCode, get.Header)
	}
	// With a cookie the origin is checked, and a listed one is trusted.
	post := fetchFrom(server, "POST", "/sign-out", frontend, "Cookie", "x=y", "Content-Type", "application/json")
	if post.StatusCode != 200 {
		t.Errorf("sign-out: %d", post.StatusCode)
	}
	if plain := fetchFrom(server, "OPTIONS", "/sign-out", frontend); plain.StatusCode != 404 {
		t.Errorf("OPTIONS that is no preflight: %d", plain.StatusCode)
	}
}

func TestCORSForNobodyElse(t *testing.T) {
	server := corsServer(t, frontend)
	for _, origin := range []string{"https://evil.example", "null", "", "https://app.example.com.evil.example", "http://app.example.com", "https://APP.example.com", authtest.Origin} {
		preflight := fetchFrom(server, "OPTIONS", "/sign-in/email", origin, "Access-Control-Request-Method", "POST")
		get := fetchFrom(server, "GET", "/get-session", origin)
		if preflight.StatusCode != 404 || preflight.Header.Get("Access-Control-Allow-Origin") != "" || get.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%q: %d %v", origin, preflight.StatusCode, get.Header)
		}
		if get.Header.Get("Vary") != "Origin" {
			t.Errorf("%q: a cache may give the answer to a listed origin", origin)
		}
	}
}

func TestCORSOriginsAreExact(t *testing.T) {
	for _, origin := range []string{"*", "https://*.example.com", "null", "https://app.example.com/", "app.example.com", "ftp://app.example.com", "https://app.example.com/x"} {
		_, err := core.New(core.Config{
			Options: withOrigin(origin), Getenv: func(string) string { return "" },
		})
		if err == nil || !strings.Contains(err.Error(), "cors.origins") {
			t.Errorf("%q: %v", origin, err)
		}
	}
}

func withOrigin(origin string) core.Options {
	options := core.DefaultOptions()
	options.BaseURL, options.Secret, options.CORS.Origins = authtest.Origin, authtest.Secret, []string{origin}
	return options
}
