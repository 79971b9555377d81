package core_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

var strategies = []string{"compact", "jwt", "jwe"}

// cached turns the cookie cache on.
func cached(strategy string, more ...func(o *core.Options)) authtest.Option {
	return authtest.Configure(func(o *core.Options) {
		o.Session.CookieCache.Enabled, o.Session.CookieCache.Strategy = true, strategy
		for _, change := range more {
			change(o)
		}
	})
}

// On a cache hit nothing is read from the database, and the answer is the same.
func TestCacheSparesTheStore(t *testing.T) {
	for _, strategy := range strategies {
		t.Run(strategy, func(t *testing.T) {
			server := authtest.New(t, cached(strategy))
			ada := server.Client()
			ada.Post("/sign-up/email", authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "<Ä> & \u2028 \"😀\" \\u2028"}).Want(200)
			stored := ada.Get("/get-session?disableCookieCache=true").Want(200)
			var hit *authtest.Response
			if n := server.Statements(func() { hit = ada.Get("/get-session").Want(200) }); n != 0 {
				t.Errorf("%d statements", n)
			}
			if string(hit.Body) != string(stored.Body) || len(hit.Cookies()) != 0 {
				t.Errorf("cached %s %q, stored %s", hit.Body, hit.Cookies(), stored.Body)
			}
			server.Clock.Advance(5*time.Minute + 16*time.Second)
			if n := server.Statements(func() { hit = ada.Get("/get-session").Want(200) }); n != 1 || hit.SetCookie("session_data") == "" {
				t.Errorf("after maxAge: %d statements, cookies %q", n, hit.Cookies())
			}
		})
	}
}

// Members have the order of Better Auth, and hidden fields are not there.
func TestCompactCacheText(t *testing.T) {
	ada := authtest.New(t, cached("compact")).Client()
	ada.SignUp("ada@example.com")
	text, err := base64.RawURLEncoding.DecodeString(ada.Cookie("session_data"))
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, member := range []string{
		`{"session":{"session":{"expiresAt":"`, `"token":"`, `"createdAt":"`, `"updatedAt":"`, `"ipAddress":"`, `"userAgent":"`, `"userId":"`,
		`"user":{"name":"`, `"email":"`, `"emailVerified":false`, `"image":null`, `"updatedAt":`, `"version":"1"}`, `"expiresAt":`, `"signature":"`,
	} {
		next := strings.Index(string(text)[at+1:], member)
		if next < 0 {
			t.Fatalf("%s is missing or too early in %s", member, text)
		}
		at += 1 + next
	}
}

// security: 11, 36 (GHSA-xg6x)
func TestSensitiveEndpointsDoNotTrustTheCache(t *testing.T) {
	for _, strategy := range strategies {
		server := authtest.New(t, cached(strategy, func(o *core.Options) {
			o.User.DeleteUser.Enabled, o.User.ChangeEmail.Enabled = true, true
		}))
		ada := server.Client()
		ada.SignUp("ada@example.com")
		if err := server.Auth.RevokeSessions(t.Context(), ada.Get("/get-session").Text("user.id"), ""); err != nil {
			t.Fatal(err)
		}
		if !ada.SignedIn() {
			t.Fatal("the cache was not used")
		}
		for path, body := range map[string]authtest.M{
			"/change-password":       {"currentPassword": authtest.Password, "newPassword": "another password"},
			"/change-email":          {"newEmail": "eve@example.com"},
			"/delete-user":           {"password": authtest.Password},
			"/update-user":           {"name": "Eve"},
			"/revoke-session":        {"token": "x"},
			"/revoke-sessions":       {},
			"/revoke-other-sessions": {},
			"/verify-password":       {"password": authtest.Password},
		} {
			ada.Clone().Post(path, body).WantError(401, "UNAUTHORIZED")
		}
		ada.Clone().Get("/list-sessions").WantError(401, "UNAUTHORIZED")
		if string(ada.Clone().Get("/get-session?disableCookieCache=true").Want(200).Body) != "null" {
			t.Error("disableCookieCache read the cache")
		}
		server.Clock.Advance(5*time.Minute + 16*time.Second)
		if ada.SignedIn() {
			t.Error("readable after maxAge")
		}
	}
}

// security: 11
func TestUnusableCaches(t *testing.T) {
	for _, strategy := range strategies {
		server := authtest.New(t, cached(strategy))
		ada, eve := server.Client(), server.Client()
		ada.SignUp("ada@example.com")
		eve.SignUp("eve@example.com")
		good := ada.Cookie("session_data")
		for name, value := range map[string]string{
			"another session's": eve.Cookie("session_data"),
			"garbage":           "garbage",
			"changed":           good[:40] + "A" + good[41:],
			"cut":               good[:len(good)-1],
		} {
			mallory := ada.Clone()
			mallory.SetCookie("session_data", value)
			answer := mallory.Get("/get-session").Want(200)
			if answer.Text("user.email") != "ada@example.com" || answer.SetCookie("session_data") == "" {
				t.Errorf("%s, %s: %s %q", strategy, name, answer.Body, answer.Cookies())
			}
		}
		stranger := server.Client()
		stranger.SetCookie("session_data", good)
		if stranger.SignedIn() {
			t.Errorf("%s: a cache without a session cookie signs in", strategy)
		}
	}
}

func TestCacheVersion(t *testing.T) {
	version := "1"
	server := authtest.New(t, cached("compact"), authtest.WithHooks(core.Hooks{
		CookieCacheVersion: func(session *core.SessionAndUser) string { return version + session.User.Email },
	}))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	for _, want := range []int{0, 1, 0} {
		if n := server.Statements(func() { ada.Get("/get-session").Want(200) }); n != want {
			t.Errorf("%d statements, want %d", n, want)
		}
		if want == 0 {
			version += "1"
		}
	}
}

// A session that ends with its browser has a short copy, which is not renewed.
func TestCacheOfABrowserSession(t *testing.T) {
	server := authtest.New(t, cached("compact"))
	ada := server.Client()
	body := authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "Ada", "rememberMe": false}
	line := ada.Post("/sign-up/email", body).Want(200).SetCookie("session_data")
	if line == "" || strings.Contains(line, "Max-Age") {
		t.Errorf("cookie %s", line)
	}
	server.Clock.Advance(61 * time.Second)
	answer := ada.Get("/get-session").Want(200)
	if cookies := answer.Cookies(); answer.Text("user.email") == "" || len(cookies) != 1 || cookies[0] != "session_data=" {
		t.Errorf("cookies %q", cookies)
	}
}

// A long profile is spread over several cookies, which go when they are no longer needed.
func TestChunkedCache(t *testing.T) {
	server := authtest.New(t, cached("compact"))
	ada := server.Client()
	body := authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "Ada", "image": "https://img.example/" + strings.Repeat("x", 6000)}
	answer := ada.Post("/sign-up/email", body).Want(200)
	for _, line := range answer.Header.Values("Set-Cookie") {
		if len(line) > 4050 {
			t.Errorf("a cookie of %d bytes", len(line))
		}
	}
	if ada.Cookie("session_data.2") == "" || ada.Cookie("session_data") != "" {
		t.Fatalf("cookies %d", len(answer.Cookies()))
	}
	if n := server.Statements(func() { ada.Get("/get-session").Want(200) }); n != 0 {
		t.Errorf("%d statements", n)
	}
	ada.Post("/update-user", authtest.M{"image": nil}).Want(200)
	if ada.Cookie("session_data.0") != "" || ada.Cookie("session_data") == "" {
		t.Error("old chunks stay")
	}
	ada.Post("/update-user", authtest.M{"image": body["image"]}).Want(200)
	ada.Post("/sign-out", authtest.M{}).Want(200)
	for _, name := range []string{"session_data", "session_data.0", "session_data.1", "session_data.2"} {
		if ada.Cookie(name) != "" {
			t.Errorf("%s outlives the sign-out", name)
		}
	}
}

// The copy of a time when the cache was on is neither read nor kept.
func TestCacheThatIsOff(t *testing.T) {
	on := authtest.New(t, cached("compact")).Client()
	on.SignUp("ada@example.com")
	off := authtest.New(t).Client()
	off.SetCookie("session_data", on.Cookie("session_data"))
	off.SetCookie("session_token", on.Cookie("session_token"))
	if off.SignedIn() || off.Cookie("session_data") != "" {
		t.Error("the copy of a cache that is off was used or kept")
	}
}
