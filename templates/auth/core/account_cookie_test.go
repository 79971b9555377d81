package core_test

import (
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

func TestAccountCookie(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) {
		o.Account.StoreAccountCookie = true
		o.Account.StoreStateStrategy = "cookie"
	}))
	ada, eve := server.Client(), server.Client()
	body := authtest.M{"useAccountCookie": true}
	for range 2 { // as a new user and as a known one
		end := ada.SignInWith(acme, authtest.Ada())
		if cookie := end.SetCookie("account_data"); !strings.Contains(cookie, "Max-Age=300; ") || strings.Contains(cookie, "access-acme") {
			t.Errorf("cookie %q", cookie)
		}
		first := ada.Post("/get-access-token", body).Want(200)
		if !strings.HasPrefix(first.Text("accessToken"), "access-acme") {
			t.Errorf("answer %s", first.Body)
		}
		refreshed := ada.Post("/refresh-token", body).Want(200)
		if refreshed.SetCookie("account_data") == "" {
			t.Error("the cookie still holds the old tokens")
		}
		if again := ada.Post("/get-access-token", body).Text("accessToken"); again != refreshed.Text("accessToken") {
			t.Errorf("access token %q, want %q", again, refreshed.Text("accessToken"))
		}
	}

	// Nobody else's cookie counts, nor one that is too old.
	eve.SignUp("eve@example.com")
	eve.SetCookie("account_data", ada.Cookie("account_data"))
	eve.Post("/get-access-token", body).WantError(400, "ACCOUNT_NOT_FOUND")
	old := ada.Cookie("account_data")
	server.Clock.Advance(6 * time.Minute)
	ada.SetCookie("account_data", old)
	ada.Post("/get-access-token", body).WantError(400, "ACCOUNT_NOT_FOUND")

	out := ada.Post("/sign-out", authtest.M{}).Want(200)
	for _, name := range []string{"account_data", "oauth_state"} {
		if !strings.Contains(out.SetCookie(name), "Max-Age=0") {
			t.Errorf("%s outlives the sign-out: %q", name, out.Cookies())
		}
	}
}

// A link during a sign-in changes the cookie, too.
func TestAccountCookieOfLink(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) { o.Account.StoreAccountCookie = true }))
	registered(t, server, true)
	if end := server.Client().SignInWith(acme, authtest.Ada()); end.SetCookie("account_data") == "" {
		t.Errorf("cookies %q", end.Cookies())
	}
}

// The cookie lives as long as the cookie cache, so it is renewed with it; for whom it is not, it is removed.
func TestAccountCookieIsRenewedWithTheCache(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) {
		o.Account.StoreAccountCookie, o.Session.CookieCache.Enabled = true, true
	}))
	ada, eve := server.Client(), server.Client()
	ada.SignInWith(acme, authtest.Ada())
	server.Clock.Advance(4 * time.Minute)
	if ada.Get("/get-session").SetCookie("account_data") != "" {
		t.Error("renewed although the cache was not")
	}
	if ada.Get("/get-session?disableCookieCache=true").SetCookie("account_data") == "" {
		t.Error("not renewed with the cache")
	}
	server.Clock.Advance(4 * time.Minute)
	ada.Post("/get-access-token", authtest.M{"useAccountCookie": true}).Want(200)

	eve.SignUp("eve@example.com")
	eve.SetCookie("account_data", ada.Cookie("account_data"))
	if line := eve.Get("/get-session?disableCookieCache=true").SetCookie("account_data"); !strings.Contains(line, "Max-Age=0") {
		t.Errorf("somebody else's cookie: %q", line)
	}
}
