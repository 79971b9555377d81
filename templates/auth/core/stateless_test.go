package core_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// cookieAccount selects the account in the cookie.
var cookieAccount = authtest.M{"useAccountCookie": true}

// Without any store a sign-in outlives the server: session and account are in cookies.
func TestStatelessSignInOutlivesTheServer(t *testing.T) {
	before, acme := newSocial(t, authtest.Stateless())
	first := before.Client()
	end := first.SignInWith(acme, authtest.Ada())
	for _, name := range []string{"session_token", "session_data", "account_data"} {
		if line := end.SetCookie(name); !strings.Contains(line, "; Max-Age=604800; ") || strings.Contains(line, "example.com") {
			t.Errorf("%s: %q", name, line)
		}
	}
	session := string(first.Get("/get-session").Want(200).Body)

	server := authtest.New(t, authtest.Stateless(), authtest.After(before), authtest.WithProviders(acme))
	ada := first.To(server)
	var hit *authtest.Response
	if n := server.Statements(func() { hit = ada.Get("/get-session").Want(200) }); n != 0 || string(hit.Body) != session {
		t.Errorf("%d statements, session %s, want %s", n, hit.Body, session)
	}
	if list := string(ada.Get("/list-sessions").Want(200).Body); list != "[]" {
		t.Errorf("sessions %s", list)
	}
	token := ada.Post("/get-access-token", cookieAccount).Want(200).Text("accessToken")
	if fresh := ada.Post("/refresh-token", cookieAccount).Want(200).Text("accessToken"); fresh == token {
		t.Error("the tokens were not refreshed")
	}
	ada.Post("/update-user", authtest.M{"name": "Countess"}).Want(200)
	if name := ada.Get("/get-session").Text("user.name"); name != "Countess" {
		t.Errorf("name %q", name)
	}
	ada.Post("/unlink-account", authtest.M{"accountId": "x"}).WantError(400, "ACCOUNT_NOT_FOUND")
	ada.Post("/sign-out", authtest.M{}).Want(200)
	if ada.SignedIn() || ada.Cookie("account_data") != "" {
		t.Error("still signed in")
	}
}

// What a hook refuses is refused, also for users nobody has stored.
func TestStatelessHooks(t *testing.T) {
	before := authtest.New(t, authtest.Stateless())
	ada := before.Client()
	ada.SignUp("ada@example.com")
	refuse := core.WriteHook[model.User]{Before: func(context.Context, *model.User) error { return core.NewError(403, "NOT_YOU", "Not you") }}
	server := authtest.New(t, authtest.Stateless(), authtest.After(before), authtest.WithHooks(core.Hooks{UserUpdate: refuse}))
	ada = ada.To(server)
	ada.Post("/update-user", authtest.M{"name": "Countess"}).WantError(403, "NOT_YOU")
	if name := ada.Get("/get-session").Text("user.name"); name != "Somebody" {
		t.Errorf("name %q", name)
	}
}

// A sign-in that is under way when the server ends goes on with the next one.
func TestStatelessCallbackOutlivesTheServer(t *testing.T) {
	before, acme := newSocial(t, authtest.Stateless())
	ada := before.Client()
	ada.Begin(acme, "/sign-in/social", authtest.M{"callbackURL": "/inside"})
	moved := ada.To(authtest.New(t, authtest.Stateless(), authtest.After(before), authtest.WithProviders(acme)))
	moved.Get(acme.Consent(authtest.Ada())).WantRedirect("/inside")
	if !moved.SignedIn() {
		t.Error("not signed in")
	}
}

// A copy is renewed when less than a fifth of its life is left, or what the options say, and never makes the
// session live longer than it was opened for.
//
// security: 13
func TestRefreshCache(t *testing.T) {
	for _, strategy := range strategies {
		t.Run(strategy, func(t *testing.T) {
			server, acme := newSocial(t, authtest.Stateless(), cached(strategy, func(o *core.Options) {
				o.Session.ExpiresIn, o.Session.CookieCache.MaxAge = 1700, 1000
			}))
			ada := server.Client()
			ada.SignInWith(acme, authtest.Ada())
			ada = ada.To(authtest.New(t, authtest.Stateless(), authtest.After(server), authtest.WithProviders(acme), cached(strategy, func(o *core.Options) {
				o.Session.ExpiresIn, o.Session.CookieCache.MaxAge = 1700, 1000
			})))
			server.Clock.Advance(800 * time.Second)
			if cookies := ada.Get("/get-session").Cookies(); len(cookies) != 0 {
				t.Errorf("renewed too early: %q", cookies)
			}
			server.Clock.Advance(time.Second)
			renewed := ada.Get("/get-session?disableRefresh=true").Want(200)
			for name, age := range map[string]string{"session_data": "1000", "session_token": "1700", "account_data": "1000"} {
				if line := renewed.SetCookie(name); !strings.Contains(line, "; Max-Age="+age+"; ") {
					t.Errorf("%s: %q", name, line)
				}
			}
			server.Clock.Advance(801 * time.Second)
			if ada.Get("/list-sessions").Want(200).SetCookie("session_data") == "" {
				t.Error("not renewed again")
			}
			server.Clock.Advance(98 * time.Second) // 1700 in all; the copy has much longer
			ended := ada.Get("/get-session").Want(200)
			if string(ended.Body) != "null" || !strings.Contains(ended.SetCookie("session_token"), "Max-Age=0") {
				t.Errorf("after its end: %s %q", ended.Body, ended.Cookies())
			}
		})
	}
}

// security: 13
func TestRefreshCacheUpdateAge(t *testing.T) {
	for name, tt := range map[string]struct {
		refresh  core.RefreshCacheOptions
		at       time.Duration
		renewed  bool
		signedIn bool
	}{
		"off":             {core.RefreshCacheOptions{UpdateAge: new(900)}, 999 * time.Second, false, true},
		"unset":           {core.RefreshCacheOptions{Enabled: true}, 801 * time.Second, true, true},
		"0 never renews":  {core.RefreshCacheOptions{Enabled: true, UpdateAge: new(0)}, 999 * time.Second, false, true},
		"not yet":         {core.RefreshCacheOptions{Enabled: true, UpdateAge: new(900)}, 99 * time.Second, false, true},
		"due":             {core.RefreshCacheOptions{Enabled: true, UpdateAge: new(900)}, 101 * time.Second, true, true},
		"a copy too late": {core.RefreshCacheOptions{Enabled: true, UpdateAge: new(900)}, 1001 * time.Second, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			configure := authtest.Configure(func(o *core.Options) {
				o.Session.CookieCache.MaxAge, o.Session.CookieCache.RefreshCache = 1000, tt.refresh
			})
			before := authtest.New(t, authtest.Stateless(), configure)
			ada := before.Client()
			ada.SignUp("ada@example.com")
			ada = ada.To(authtest.New(t, authtest.Stateless(), authtest.After(before), configure))
			before.Clock.Advance(tt.at)
			answer := ada.Get("/get-session").Want(200)
			signedIn, renewed := string(answer.Body) != "null", strings.Contains(answer.SetCookie("session_data"), "Max-Age=1000")
			if signedIn != tt.signedIn || renewed != tt.renewed {
				t.Errorf("signed in %v, renewed %v: %q", signedIn, renewed, answer.Cookies())
			}
		})
	}
}

// Where there is a store it renews copies: the option is ignored, and the log says so.
func TestRefreshCacheIsIgnoredWithAStore(t *testing.T) {
	for name, option := range map[string]authtest.Option{
		"database":          authtest.Configure(func(*core.Options) {}),
		"secondary storage": authtest.WithStorage(&authtest.Storage{}),
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			server := authtest.New(t, option, authtest.WithLogger(slog.New(slog.NewTextHandler(&log, nil))), cached("jwe", func(o *core.Options) {
				o.Session.CookieCache.MaxAge, o.Session.CookieCache.RefreshCache.Enabled = 1000, true
			}))
			if !strings.Contains(log.String(), "level=WARN") || !strings.Contains(log.String(), "refreshCache is ignored") {
				t.Errorf("log %q", log.String())
			}
			ada := server.Client()
			ada.SignUp("ada@example.com")
			server.Clock.Advance(999 * time.Second)
			if cookies := ada.Get("/get-session").Cookies(); len(cookies) != 0 {
				t.Errorf("renewed: %q", cookies)
			}
		})
	}
}

// A session that ends with the browser still does when its copy is renewed.
func TestRefreshCacheOfABrowserSession(t *testing.T) {
	server := authtest.New(t, authtest.Stateless())
	ada := server.Client()
	ada.Post("/sign-up/email", authtest.M{"email": "ada@example.com", "password": authtest.Password, "name": "Ada", "rememberMe": false}).Want(200)
	renewed := ada.Get("/get-session").Want(200)
	if line := renewed.SetCookie("session_token"); line == "" || strings.Contains(line, "Max-Age") {
		t.Errorf("cookies %q", renewed.Cookies())
	}
	server.Clock.Advance(day)
	if ada.SignedIn() {
		t.Error("signed in after a day")
	}
}

// Copies that are not of the caller's session open nothing, as nothing else could tell.
//
// security: 13
func TestStatelessRefusesOtherCopies(t *testing.T) {
	server := authtest.New(t, authtest.Stateless())
	ada, eve := server.Client(), server.Client()
	ada.SignUp("ada@example.com")
	eve.SignUp("eve@example.com")
	next := authtest.New(t, authtest.Stateless(), authtest.After(server))
	for name, change := range map[string]func(c *authtest.Client){
		"another's copy":  func(c *authtest.Client) { c.SetCookie("session_data", ada.Cookie("session_data")) },
		"another's token": func(c *authtest.Client) { c.SetCookie("session_token", ada.Cookie("session_token")) },
		"changed copy":    func(c *authtest.Client) { c.SetCookie("session_data", eve.Cookie("session_data")+"x") },
		"no copy":         func(c *authtest.Client) { c.SetCookie("session_data", "") },
		"account as copy": func(c *authtest.Client) { c.SetCookie("session_data", eve.Cookie("account_data")) },
	} {
		caller := eve.To(next)
		change(caller)
		if caller.Clone().SignedIn() {
			t.Errorf("%s: signed in", name)
		}
		caller.Get("/list-sessions").WantError(401, "UNAUTHORIZED")
	}
}

// The account cookie goes with the user it was made for: whoever signs in next in the same browser gets none of
// the tokens in it. Better Auth 1.7.5 hands them out where there is no database.
func TestStatelessAccountCookieIsItsUsers(t *testing.T) {
	server, acme := newSocial(t, authtest.Stateless())
	browser := server.Client()
	browser.SignInWith(acme, authtest.Ada())
	ofAda := browser.Cookie("account_data")
	if line := browser.SignUp("eve@example.com").SetCookie("account_data"); !strings.Contains(line, "Max-Age=0") {
		t.Errorf("the cookie stays: %q", line)
	}
	browser.SetCookie("account_data", ofAda)
	browser.Post("/get-access-token", cookieAccount).WantError(400, "ACCOUNT_NOT_FOUND")
}

// Of the tokens in the memory of a process and those in the cookie the newer ones count: a provider that sees an old
// refresh token again revokes them all.
func TestStatelessTokensOfSeveralProcesses(t *testing.T) {
	one, acme := newSocial(t, authtest.Stateless())
	two := authtest.New(t, authtest.Stateless(), authtest.After(one), authtest.WithProviders(acme))
	ada := one.Client()
	ada.SignInWith(acme, authtest.Ada())
	last := ""
	for range 3 {
		for _, server := range []*authtest.Server{two, one} {
			one.Clock.Advance(2 * time.Hour) // longer than an access token lives
			ada = ada.To(server)
			token := ada.Post("/get-access-token", cookieAccount).Want(200).Text("accessToken")
			if token == last {
				t.Errorf("%s was handed out again", token)
			}
			last = token
		}
	}
}

// With secondary storage sessions are there, not in cookies, and revoking one ends it at once.
//
// security: 11
func TestNoDatabaseWithSecondaryStorage(t *testing.T) {
	storage := &authtest.Storage{}
	options := []authtest.Option{authtest.WithStorage(storage), authtest.Configure(func(o *core.Options) {
		secret, baseURL := o.Secret, o.BaseURL
		*o = core.NoDatabaseOptions()
		o.Secret, o.BaseURL, o.EmailAndPassword.Enabled = secret, baseURL, true
	})}
	before, acme := newSocial(t, options...)
	ada := before.Client()
	end := ada.SignInWith(acme, authtest.Ada())
	if end.SetCookie("session_data") != "" || end.SetCookie("account_data") == "" {
		t.Errorf("cookies %q", end.Cookies())
	}
	server := authtest.New(t, append(options, authtest.After(before), authtest.WithProviders(acme))...)
	ada = ada.To(server)
	stolen := ada.Clone()
	ada.Post("/update-user", authtest.M{"name": "Countess"}).Want(200)
	if name := stolen.Get("/get-session").Text("user.name"); name != "Countess" {
		t.Errorf("name %q", name)
	}
	ada.Post("/revoke-sessions", authtest.M{}).Want(200)
	if stolen.SignedIn() {
		t.Error("a revoked session is taken")
	}
}
