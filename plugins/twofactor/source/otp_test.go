package twofactor_test

import (
	"context"
	"encoding/hex"
	"testing"
	"time"

	twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

// asked returns a client whose sign-in waits for a code that was sent.
func (f *fixture) asked() *authtest.Client {
	f.t.Helper()
	ada := f.Client()
	ada.SignUp(email)
	ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password, "method": "otp"}).Want(200)
	client := f.challenged(email)
	client.Post("/two-factor/send-otp", nil).Want(400) // null is no body
	client.Post("/two-factor/send-otp", authtest.M{"trustDevice": true}).Want(200)
	return client
}

func enter(client *authtest.Client, code string) *authtest.Response {
	return client.Post("/two-factor/verify-otp", authtest.M{"code": code})
}

func TestSentCodeSignsIn(t *testing.T) {
	f := start(t)
	client := f.asked()
	if len(f.otp()) != 6 {
		t.Errorf("code %q", f.otp())
	}
	enter(client, "wrong").WantError(401, "INVALID_CODE")
	enter(client, f.otp()).Want(200)
	if !client.SignedIn() {
		t.Error("not signed in")
	}
}

func TestSentCodeTurnsOn(t *testing.T) {
	f := start(t)
	ada := f.Client()
	old := ada.SignUp(email).Text("token")
	ada.Post("/two-factor/send-otp", authtest.M{}).Want(200)
	answer := enter(ada, f.otp()).Want(200)
	if answer.Text("token") == old || answer.Value("user.twoFactorEnabled") != true {
		t.Errorf("answer %s", answer.Body)
	}
	f.challenged(email)
}

// security: 31
func TestSentCodeExpires(t *testing.T) {
	f := start(t)
	client := f.asked()
	f.Clock.Advance(3 * time.Minute)
	enter(client, f.otp()).WantError(400, "OTP_HAS_EXPIRED")
}

// security: 31
func TestSentCodeSurvivesFiveMisses(t *testing.T) {
	f := start(t)
	client := f.asked()
	for range 5 {
		enter(client, "wrong").WantError(401, "INVALID_CODE")
	}
	enter(client, f.otp()).WantError(400, "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE")
	enter(client, f.otp()).WantError(400, "OTP_HAS_EXPIRED")
	client.Post("/two-factor/send-otp", authtest.M{}).Want(200)
	enter(client, f.otp()).Want(200)
}

// A code belongs to the challenge it was sent for.
//
// security: 33
func TestSentCodeIsBoundToItsChallenge(t *testing.T) {
	f := start(t)
	f.asked()
	enter(f.challenged(email), f.otp()).WantError(400, "OTP_HAS_EXPIRED")
}

// Of many requests with one code, one gets it (Better Auth PR #8067).
//
// security: 28
func TestSentCodeIsUsedOnce(t *testing.T) {
	f := start(t, func(s *setup) { s.server = append(s.server, authtest.WithSharedStore()) })
	client, status := f.asked(), make([]int, 20)
	code := f.otp()
	authtest.Together(len(status), func(i int) { status[i] = enter(client.Clone(), code).Status })
	wins := 0
	for _, s := range status {
		if s == 200 {
			wins++
		}
	}
	if wins != 1 {
		t.Errorf("answers %v, want one 200", status)
	}
}

func TestStorageOfSentCodes(t *testing.T) {
	reverse := func(_ context.Context, text string) (string, error) {
		return hex.EncodeToString([]byte(text)) + ":x", nil
	}
	back := func(_ context.Context, text string) (string, error) {
		raw, err := hex.DecodeString(text[:len(text)-2])
		return string(raw), err
	}
	tests := map[string]func(*setup){
		"plain":     func(*setup) {},
		"encrypted": func(s *setup) { s.options.OTPOptions.StoreOTP = "encrypted" },
		"hashed":    func(s *setup) { s.options.OTPOptions.StoreOTP = "hashed" },
		"own hash":  func(s *setup) { s.funcs.HashOTP = reverse },
		"cipher":    func(s *setup) { s.funcs.OTPCipher = &twofactor.Cipher{Encrypt: reverse, Decrypt: back} },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			f := start(t, change)
			client := f.asked()
			enter(client, "wrong").WantError(401, "INVALID_CODE")
			enter(client, f.otp()).Want(200)
		})
	}
}
