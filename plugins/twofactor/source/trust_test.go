package twofactor_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

// trusting returns a client on a trusted device.
func (f *fixture) trusting(a app) *authtest.Client {
	f.t.Helper()
	client := f.challenged(email)
	answer := client.Post("/two-factor/verify-totp", authtest.M{"code": f.code(a.secret), "trustDevice": true}).Want(200)
	if line := answer.SetCookie("trust_device"); !strings.Contains(line, "Max-Age=2592000") {
		f.t.Fatalf("cookie %s", line)
	}
	return client
}

func isTrusted(client *authtest.Client) bool {
	return client.SignIn(email).Value("twoFactorRedirect") == nil
}

func TestTrustedDeviceIsNotAsked(t *testing.T) {
	f := start(t)
	client := f.trusting(f.enrol(f.Client(), email))
	client.Post("/sign-out", authtest.M{}).Want(200)
	before := client.Cookie("trust_device")
	if !isTrusted(client) || !client.SignedIn() {
		t.Fatal("asked on a trusted device")
	}
	if client.Cookie("trust_device") == before {
		t.Error("the trust was not renewed")
	}
}

// A copy of the cookie is good for one sign-in at most.
//
// security: 28
func TestTrustIsRenewedByEachUse(t *testing.T) {
	f := start(t)
	client := f.trusting(f.enrol(f.Client(), email))
	thief := client.Clone()
	if !isTrusted(client) || isTrusted(thief) {
		t.Error("the old cookie still works")
	}
	if thief.Cookie("trust_device") != "" {
		t.Error("the useless cookie was not removed")
	}
}

func TestTrustEnds(t *testing.T) {
	f := start(t)
	client := f.trusting(f.enrol(f.Client(), email))
	f.Clock.Advance(29 * 24 * time.Hour)
	if !isTrusted(client) { // and starts again
		t.Fatal("asked after 29 days")
	}
	f.Clock.Advance(30 * 24 * time.Hour)
	if isTrusted(client) {
		t.Error("trusted after 30 days")
	}
}

func TestTrustIsOneUsers(t *testing.T) {
	f := start(t)
	f.enrol(f.Client(), "bob@example.com")
	client := f.trusting(f.enrol(f.Client(), email))
	if client.SignIn("bob@example.com").Value("twoFactorRedirect") != true {
		t.Error("bob is not asked on a device that ada trusts")
	}
}

func TestForgedTrust(t *testing.T) {
	f := start(t)
	client := f.trusting(f.enrol(f.Client(), email))
	genuine := client.Cookie("trust_device")
	_, identifier, _ := strings.Cut(genuine, "!")
	identifier = identifier[:strings.IndexByte(identifier, '.')]
	client.SetCookie("trust_device", url.QueryEscape(f.Auth.SignToken("token!"+identifier)))
	if isTrusted(client) {
		t.Error("trusted without the token for this user")
	}
	for _, value := range []string{"x", "!" + genuine, strings.Replace(genuine, "trust-device-", "trust-device_", 1)} {
		client.SetCookie("trust_device", value)
		if isTrusted(client) {
			t.Errorf("%q is trusted", value)
		}
	}
}

// Trusting a device is asking to be remembered.
func TestTrustEndsDontRemember(t *testing.T) {
	f := start(t)
	a := f.enrol(f.Client(), email)
	client := f.Client()
	client.Post("/sign-in/email", authtest.M{"email": email, "password": authtest.Password, "rememberMe": false}).Want(200)
	client.Post("/two-factor/verify-totp", authtest.M{"code": f.code(a.secret), "trustDevice": true}).Want(200)
	if client.Cookie("dont_remember") != "" {
		t.Error("dont_remember is still there")
	}
}
