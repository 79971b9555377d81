package core_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const mismatch = "/failed?error=state_mismatch"

var begin = authtest.M{"callbackURL": "/inside", "errorCallbackURL": "/failed"}

func inCookies(o *core.Options) { o.Account.StoreStateStrategy = "cookie" }

// State, verifier and nonce are new each time, and too long to guess. security: 37
func TestStatesAreRandom(t *testing.T) {
	server, acme := newSocial(t)
	acme.Allow.UseNonce = true
	seen := map[string]bool{}
	for range 20 {
		server.Client().Begin(acme, "/sign-in/social", begin)
		r := acme.Request()
		if len(r.State) != 32 || len(r.Nonce) != 32 || len(r.CodeVerifier) != 128 {
			t.Fatalf("lengths %d, %d, %d", len(r.State), len(r.Nonce), len(r.CodeVerifier))
		}
		for _, value := range []string{r.State, r.Nonce, r.CodeVerifier} {
			if seen[value] {
				t.Fatal("a value came twice")
			}
			seen[value] = true
		}
	}
}

// Of many callbacks with one state one gets it. security: 28, 37
func TestStateOnce(t *testing.T) {
	server, acme := newSocial(t, authtest.WithSharedStore())
	ada := server.Client()
	ada.Begin(acme, "/sign-in/social", begin)
	path := acme.Consent(authtest.Ada())
	var inside, refused atomic.Int64
	authtest.Together(20, func(int) {
		switch ada.Clone().Get(path).Header.Get("Location") {
		case "/inside":
			inside.Add(1)
		case mismatch, errorPage + "?error=state_mismatch":
			refused.Add(1)
		}
	})
	if inside.Load() != 1 || refused.Load() != 19 {
		t.Errorf("%d sign-ins, %d refusals", inside.Load(), refused.Load())
	}
}

// Another browser than the one the sign-in began in gets nothing, and cannot end it for the right one.
// security: 37
func TestStateIsBoundToBrowser(t *testing.T) {
	for name, configure := range map[string]func(*core.Options){
		"database": func(*core.Options) {},
		"cookie":   inCookies,
	} {
		t.Run(name, func(t *testing.T) {
			server, acme := newSocial(t, authtest.Configure(configure))
			ada, eve := server.Client(), server.Client()
			ada.Begin(acme, "/sign-in/social", begin)
			path := acme.Consent(authtest.Ada())
			want := map[string]string{"database": mismatch, "cookie": errorPage + "?error=state_mismatch"}
			eve.Get(path).WantRedirect(want[name])
			eve.Begin(acme, "/sign-in/social", begin)
			eve.Get(path).WantRedirect(mismatch)
			ada.Get(path).WantRedirect("/inside")
		})
	}
}

// What one provider answers is not redeemed at another. security: 37, 38
func TestStateIsBoundToProvider(t *testing.T) {
	for name, configure := range map[string]func(*core.Options){
		"database": func(*core.Options) {},
		"cookie":   inCookies,
	} {
		t.Run(name, func(t *testing.T) {
			honest, evil := authtest.NewProvider("honest"), authtest.NewProvider("evil")
			server := authtest.New(t, authtest.Configure(configure), authtest.WithProviders(honest, evil))
			ada := server.Client()
			ada.Begin(honest, "/sign-in/social", begin)
			path := honest.Consent(authtest.Ada())
			ada.Get(strings.Replace(path, "/honest", "/evil", 1)).WantRedirect(mismatch)
			ada.Get(path).WantRedirect("/inside")
		})
	}
}

func TestStateExpires(t *testing.T) {
	for name, configure := range map[string]func(*core.Options){
		"database": func(*core.Options) {},
		"cookie":   inCookies,
	} {
		t.Run(name, func(t *testing.T) {
			server, acme := newSocial(t, authtest.Configure(configure))
			ada := server.Client()
			ada.Begin(acme, "/sign-in/social", begin)
			server.Clock.Advance(10*time.Minute + time.Second)
			ada.Get(acme.Consent(authtest.Ada())).WantRedirect(mismatch)
		})
	}
}

func TestSkipStateCookieCheck(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) { o.Account.SkipStateCookieCheck = true }))
	server.Client().Begin(acme, "/sign-in/social", begin)
	path := acme.Consent(authtest.Ada())
	server.Client().Get(path).WantRedirect("/inside")
	server.Client().Get(path).WantRedirect(errorPage + "?error=state_mismatch")
}

func TestHashedState(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(func(o *core.Options) { o.Verification.StoreIdentifier = "hashed" }))
	server.Client().SignInWith(acme, authtest.Ada()).WantRedirect("/inside")
}

// The cookie is all there is of such a state: it can be read by nobody, and not be changed.
func TestStateInCookie(t *testing.T) {
	server, acme := newSocial(t, authtest.Configure(inCookies))
	ada := server.Client()
	var started *authtest.Response
	if n := server.Statements(func() { started = ada.Begin(acme, "/sign-in/social", begin) }); n != 0 {
		t.Errorf("%d statements", n)
	}
	if cookie := started.SetCookie("oauth_state"); !strings.Contains(cookie, "Max-Age=600; ") || strings.Contains(cookie, acme.Request().State) {
		t.Errorf("cookie %q", cookie)
	}
	path := acme.Consent(authtest.Ada())
	forged, sealed := server.Client(), ada.Cookie("oauth_state")
	first := "0"
	if sealed[0] == '0' {
		first = "1"
	}
	forged.SetCookie("oauth_state", first+sealed[1:])
	forged.Get(path).WantRedirect(errorPage + "?error=state_invalid")
	if end := ada.Get(path).WantRedirect("/inside"); !strings.Contains(end.SetCookie("oauth_state"), "Max-Age=0") {
		t.Errorf("cookies %q", end.Cookies())
	}
	ada.Get(path).WantRedirect(errorPage + "?error=state_mismatch")
}

// A value another flow has stored is no state.
func TestForeignVerificationIsNoState(t *testing.T) {
	server, _ := newSocial(t, authtest.Configure(func(o *core.Options) { o.Account.SkipStateCookieCheck = true }))
	for name, value := range map[string]string{"reset-password:x": "user-id", "a-magic-link": `{"email":"ada@example.com"}`} {
		if err := server.Auth.CreateVerification(t.Context(), name, value, time.Hour); err != nil {
			t.Fatal(err)
		}
		server.Client().Get("/callback/acme?code=x&state=" + name).WantRedirect(errorPage + "?error=internal_server_error")
		if row, err := server.Auth.FindVerification(t.Context(), name); err != nil || row == nil {
			t.Errorf("%s is gone: %v", name, err)
		}
	}
}
