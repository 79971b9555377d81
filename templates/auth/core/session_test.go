package core_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const day = 24 * time.Hour

func TestSessionIsExtendedByUse(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	server.Clock.Advance(day - time.Second)
	if cookies := ada.Get("/get-session").Cookies(); len(cookies) != 0 {
		t.Errorf("extended within a day: %q", cookies)
	}
	server.Clock.Advance(time.Second)
	before := ada.Cookie("session_token")
	if line := ada.Get("/get-session").SetCookie("session_token"); !strings.Contains(line, "Max-Age=604800") || ada.Cookie("session_token") != before {
		t.Errorf("cookie %s", line)
	}
	server.Clock.Advance(7*day - time.Second)
	if !ada.SignedIn() {
		t.Error("ended although it was extended")
	}
}

// security: 13
func TestSessionExpires(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	server.Clock.Advance(7 * day)
	answer := ada.Get("/list-accounts").WantError(401, "UNAUTHORIZED")
	if cookies := answer.Cookies(); len(cookies) != 3 || cookies[0] != "session_token=" {
		t.Errorf("cookies %q", cookies)
	}
}

// Without refresh a session ends at its time however much it is used.
//
// security: 13
func TestRefreshCanBeOff(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.Session.DisableSessionRefresh = true }))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	for range 6 {
		server.Clock.Advance(day)
		if answer := ada.Get("/get-session"); answer.Text("user.email") != "ada@example.com" || len(answer.Cookies()) != 0 {
			t.Errorf("%s, cookies %q", answer.Body, answer.Cookies())
		}
	}
	server.Clock.Advance(day)
	if ada.SignedIn() {
		t.Error("outlives its time")
	}
}

// With refresh an unused session ends after expiresIn, and a used one goes on.
//
// security: 13
func TestIdleLimit(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.Session.ExpiresIn, o.Session.UpdateAge = 600, 60 }))
	used, idle := server.Client(), server.Client()
	used.SignUp("ada@example.com")
	idle.SignIn("ada@example.com")
	for range 12 {
		server.Clock.Advance(100 * time.Second)
		if !used.SignedIn() {
			t.Fatal("ended although it was used")
		}
	}
	if idle.SignedIn() {
		t.Error("outlives 600 seconds without use")
	}
}

// With deferSessionRefresh a GET writes nothing.
func TestDeferredRefresh(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.Session.DeferSessionRefresh = true }))
	ada := server.Client()
	ada.SignUp("ada@example.com")
	if got := ada.Get("/get-session").Value("needsRefresh"); got != false {
		t.Errorf("needsRefresh %v", got)
	}
	server.Clock.Advance(2 * day)
	if got := ada.Get("/get-session").Value("needsRefresh"); got != true {
		t.Errorf("needsRefresh %v", got)
	}
	if line := ada.Post("/get-session", authtest.M{}).Want(200).SetCookie("session_token"); line == "" {
		t.Error("not extended")
	}
	authtest.New(t).Client().Post("/get-session", authtest.M{}).WantError(405, "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED")
}

func TestUnusableSessionCookies(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	bob := server.Client()
	bob.SignUp("bob@example.com")
	signed := ada.Cookie("session_token")
	token, _, _ := strings.Cut(signed, ".")
	_, ofBob, _ := strings.Cut(bob.Cookie("session_token"), ".")
	for _, value := range []string{"x", "x" + signed, token + "." + ofBob, token} {
		ada.SetCookie("session_token", value)
		if ada.SignedIn() {
			t.Errorf("%q is accepted", value)
		}
	}
}

// security: 15
func TestFreshness(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	server.Clock.Advance(day - time.Second)
	ada.Get("/list-sessions").Want(200)
	server.Clock.Advance(time.Second)
	ada.Get("/list-sessions").WantError(403, "SESSION_NOT_FRESH")
	ada.Get("/get-session").Want(200) // activity does not make it fresh again
	ada.Get("/list-sessions").WantError(403, "SESSION_NOT_FRESH")
	ada.SignIn("ada@example.com")
	ada.Get("/list-sessions").Want(200)
}

// security: 14
func TestListAndRevoke(t *testing.T) {
	server := authtest.New(t)
	phone, laptop, eve := server.Client(), server.Client(), server.Client()
	phone.SignUp("ada@example.com")
	laptop.SignIn("ada@example.com")
	token := eve.SignUp("eve@example.com").Text("token")

	if got := strings.Count(string(laptop.Get("/list-sessions").Want(200).Body), `"token"`); got != 2 {
		t.Errorf("%d sessions, want 2", got)
	}
	laptop.Post("/revoke-session", authtest.M{"token": token}).Want(200) // somebody else's: nothing happens
	if !eve.SignedIn() {
		t.Error("somebody else's session was revoked")
	}
	laptop.Post("/revoke-session", authtest.M{"token": phone.Get("/get-session").Text("session.token")}).Want(200)
	if phone.SignedIn() || !laptop.SignedIn() {
		t.Error("the wrong session was revoked")
	}
	phone.SignIn("ada@example.com")
	phone.Post("/revoke-other-sessions", authtest.M{}).Want(200)
	if laptop.SignedIn() || !phone.SignedIn() {
		t.Error("the wrong sessions were revoked")
	}
	phone.Post("/revoke-sessions", authtest.M{}).Want(200)
	if phone.SignedIn() || !eve.SignedIn() {
		t.Error("the wrong sessions were revoked")
	}
}

// A session that was revoked must not come back because a request that was under way extends it.
func TestRevokedSessionIsNotExtended(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	ada.SignUp("ada@example.com")
	id := ada.Get("/get-session").Text("user.id")
	if err := server.Auth.RevokeSessions(t.Context(), id, ""); err != nil {
		t.Fatal(err)
	}
	server.Clock.Advance(2 * day)
	if ada.SignedIn() {
		t.Error("signed in")
	}
}

// security: 16
func TestCookieAttributes(t *testing.T) {
	line := authtest.New(t).Client().SignUp("ada@example.com").SetCookie("session_token")
	if !strings.HasSuffix(line, "; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax") {
		t.Errorf("http: %s", line)
	}
	server := authtest.New(t, authtest.Configure(func(o *core.Options) { o.BaseURL = "https://shop.example" }))
	client := server.Client()
	client.Header.Set("Origin", "https://shop.example")
	line = client.SignUp("ada@example.com").Header.Get("Set-Cookie")
	if !strings.HasPrefix(line, "__Secure-better-auth.session_token=") || !strings.Contains(line, "; Secure") {
		t.Errorf("https: %s", line)
	}
}

// A name that begins with __Host- ties a cookie to the host and to https (RFC 6265bis, section 4.1.3.2).
//
// security: 16
func TestHostCookie(t *testing.T) {
	server := authtest.New(t, authtest.Configure(func(o *core.Options) {
		plain := false // without the other prefix
		o.BaseURL, o.Advanced.UseSecureCookies = "https://shop.example", &plain
		o.Advanced.Cookies = map[string]core.CookieOptions{"session_token": {Name: "__Host-sid"}}
	}))
	client := server.Client()
	client.Header.Set("Origin", "https://shop.example")
	line := client.SignUp("ada@example.com").Header.Get("Set-Cookie")
	if !strings.HasPrefix(line, "__Host-sid=") || !strings.Contains(line, "; Path=/") || !strings.Contains(line, "; Secure") ||
		!strings.Contains(line, "; HttpOnly") || strings.Contains(line, "Domain") {
		t.Errorf("cookie %s", line)
	}
}

// security: 17
func TestAnswersAreNotCached(t *testing.T) {
	server := authtest.New(t)
	ada := server.Client()
	for _, answer := range []*authtest.Response{ada.SignUp("ada@example.com"), ada.Get("/get-session"), signIn(ada, "ada@example.com", "x")} {
		if got := answer.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("Cache-Control %q", got)
		}
	}
}

// A client may send any bytes for a name: what is kept of them is text, as databases want it.
func TestUserAgentIsText(t *testing.T) {
	told := make(chan string, 1)
	server := authtest.New(t, authtest.WithHooks(core.Hooks{Audit: func(_ context.Context, event core.Event) {
		if event.EventKind == core.EventSignUp {
			told <- event.UserAgent
		}
	}}))
	ada := server.Client()
	ada.Header.Set("User-Agent", "MyApp (Universit\xe9)")
	ada.SignUp("ada@example.com")
	const want = "MyApp (Université)"
	if got := ada.Get("/get-session").Text("session.userAgent"); got != want {
		t.Errorf("the session has %q", got)
	}
	if got := <-told; got != want {
		t.Errorf("the record has %q", got)
	}
}
