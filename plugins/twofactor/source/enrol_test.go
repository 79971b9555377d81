package twofactor_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

func TestEnableDoesNotTurnOnBeforeACode(t *testing.T) {
	f := start(t, func(s *setup) { s.options.Issuer = "Shop" })
	ada := f.Client()
	ada.SignUp(email)
	answer := ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Want(200)
	if uri := answer.Text("totpURI"); !strings.HasPrefix(uri, "otpauth://totp/Shop:ada%40example.com?secret=") {
		t.Errorf("uri %s", uri)
	}
	codes := answer.Value("backupCodes").([]any)
	if code := codes[0].(string); len(codes) != 10 || len(code) != 11 || code[5] != '-' {
		t.Errorf("codes %v", codes)
	}
	if ada.Get("/get-session").Value("user.twoFactorEnabled") != false {
		t.Error("turned on without a code")
	}
	if f.Client().SignIn(email).Text("token") == "" {
		t.Error("challenged without a code")
	}
}

// The answer to the first code shows the session and the user as they were; the cookie has the new ones.
func TestFirstCodeTurnsOnAndRotates(t *testing.T) {
	f := start(t)
	ada := f.Client()
	old := ada.SignUp(email).Text("token")
	uri := ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Text("totpURI")
	thief := ada.Clone()

	answer := verify(ada, f.code(f.secretOf(uri))).Want(200)
	if answer.Text("token") != old || answer.Value("user.twoFactorEnabled") != false {
		t.Errorf("answer %s", answer.Body)
	}
	session := ada.Get("/get-session")
	if session.Text("session.token") == old || session.Value("user.twoFactorEnabled") != true {
		t.Errorf("session %s", session.Body)
	}
	if thief.SignedIn() { // security: 10
		t.Error("the old session is alive")
	}
	ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).WantError(400, "TOTP_ALREADY_ENABLED")
}

func TestIssuers(t *testing.T) {
	f := start(t, func(s *setup) { s.options.Issuer, s.options.TOTPOptions.Issuer = "Option", "TOTP option" })
	ada := f.Client()
	ada.SignUp(email)
	answer := ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password, "issuer": "Request"})
	if !strings.Contains(answer.Text("totpURI"), "/Request:") {
		t.Errorf("enable: %s", answer.Body)
	}
	answer = ada.Post("/two-factor/get-totp-uri", authtest.M{"password": authtest.Password}).Want(200)
	if !strings.Contains(answer.Text("totpURI"), "/TOTP%20option:") {
		t.Errorf("get-totp-uri: %s", answer.Body)
	}
}

func TestSkipVerification(t *testing.T) {
	f := start(t, func(s *setup) { s.options.SkipVerificationOnEnable = true })
	ada := f.Client()
	ada.SignUp(email)
	uri := ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Want(200).Text("totpURI")
	verify(f.challenged(email), f.code(f.secretOf(uri))).Want(200)
}

func TestWhatIsNotConfigured(t *testing.T) {
	f := start(t, func(s *setup) { s.options.TOTPOptions.Disable, s.funcs.SendOTP = true, nil })
	ada := f.Client()
	ada.SignUp(email)
	password := authtest.M{"password": authtest.Password}
	ada.Post("/two-factor/enable", password).WantError(400, "TOTP_NOT_CONFIGURED")
	ada.Post("/two-factor/get-totp-uri", password).WantError(400, "TOTP_NOT_CONFIGURED")
	verify(ada, "000000").WantError(400, "TOTP_NOT_CONFIGURED")
	ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password, "method": "otp"}).WantError(400, "OTP_NOT_CONFIGURED")
	ada.Post("/two-factor/send-otp", authtest.M{}).WantError(400, "OTP_NOT_CONFIGURED")
	if _, err := f.plugin.GenerateTOTP("secret"); err == nil {
		t.Error("GenerateTOTP works")
	}
}

// Validation comes before the session check, and that before the password.
func TestOrderOfRefusals(t *testing.T) {
	f := start(t)
	stranger, ada := f.Client(), f.Client()
	ada.SignUp(email)
	for _, path := range []string{"enable", "disable", "get-totp-uri", "generate-backup-codes"} {
		stranger.Post("/two-factor/"+path, authtest.M{}).WantError(400, "VALIDATION_ERROR")
		stranger.Post("/two-factor/"+path, authtest.M{"password": "x"}).WantError(401, "UNAUTHORIZED")
	}
	ada.Post("/two-factor/enable", authtest.M{"password": "x"}).WantError(400, "INVALID_PASSWORD")
	ada.Post("/two-factor/disable", authtest.M{"password": "x"}).WantError(400, "INVALID_PASSWORD")
	ada.Post("/two-factor/get-totp-uri", authtest.M{"password": "x"}).WantError(400, "TOTP_NOT_ENABLED")
	ada.Post("/two-factor/generate-backup-codes", authtest.M{"password": "x"}).WantError(400, "TWO_FACTOR_NOT_ENABLED")
	ada.Post("/two-factor/enable", authtest.M{"password": "x", "method": "sms"}).WantError(400, "VALIDATION_ERROR")
	for _, path := range []string{"verify-totp", "verify-otp", "verify-backup-code"} {
		stranger.Post("/two-factor/"+path, authtest.M{}).WantError(400, "VALIDATION_ERROR")
		stranger.Post("/two-factor/"+path, authtest.M{"code": "1"}).WantError(401, "INVALID_TWO_FACTOR_COOKIE")
	}
	stranger.Post("/two-factor/send-otp", authtest.M{}).WantError(401, "INVALID_TWO_FACTOR_COOKIE")
}

func TestPasswordless(t *testing.T) {
	f := start(t, func(s *setup) { s.options.AllowPasswordless = true })
	ada, bob := f.Client(), f.Client()
	ada.SignUp(email)
	id := ada.Get("/get-session").Text("user.id")
	if _, err := f.Store.DeleteAccountsByUser(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	uri := ada.Post("/two-factor/enable", authtest.M{}).Want(200).Text("totpURI")
	verify(ada, f.code(f.secretOf(uri))).Want(200)
	ada.Post("/two-factor/get-totp-uri", authtest.M{}).Want(200)
	ada.Post("/two-factor/generate-backup-codes", authtest.M{}).Want(200)
	ada.Post("/two-factor/disable", authtest.M{}).Want(200)

	bob.SignUp("bob@example.com") // has a password, and needs it
	bob.Post("/two-factor/enable", authtest.M{}).WantError(400, "INVALID_PASSWORD")
	bob.Post("/two-factor/enable", authtest.M{"password": "x"}).WantError(400, "INVALID_PASSWORD")
	bob.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Want(200)
}

func TestDisable(t *testing.T) {
	f := start(t)
	ada := f.Client()
	f.enrol(ada, email)
	before := ada.Clone()
	ada.Post("/two-factor/disable", authtest.M{"password": authtest.Password}).Want(200)
	if ada.Get("/get-session").Value("user.twoFactorEnabled") != false || before.SignedIn() {
		t.Error("still on, or the session was not replaced")
	}
	if f.Client().SignIn(email).Text("token") == "" {
		t.Error("still challenged")
	}
	ada.Post("/two-factor/get-totp-uri", authtest.M{"password": authtest.Password}).WantError(400, "TOTP_NOT_ENABLED")
}

// A trusted device must not be trusted when the second factor is turned on again, wherever the records of
// devices are kept.
//
// security: 12
func TestDisableForgetsEveryDevice(t *testing.T) {
	for name, server := range storages() {
		t.Run(name, func(t *testing.T) {
			f := start(t, func(s *setup) { s.server = server })
			ada := f.Client()
			other := f.trusting(f.enrol(ada, email))

			ada.Post("/two-factor/disable", authtest.M{"password": authtest.Password}).Want(200)
			uri := ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Text("totpURI")
			secret := f.secretOf(uri)
			verify(ada, f.code(secret)).Want(200)
			if isTrusted(other) {
				t.Error("the device is still trusted")
			}
			if again := f.trusting(app{secret: secret}); !isTrusted(again) {
				t.Error("no device can be trusted any more")
			}
		})
	}
}

// storages are where single-use values can be, each empty.
func storages() map[string][]authtest.Option {
	inBoth := authtest.Configure(func(o *core.Options) { o.Verification.StoreInDatabase = true })
	return map[string][]authtest.Option{
		"in the database":          nil,
		"in secondary storage":     {authtest.WithStorage(&authtest.Storage{})},
		"in storage and database":  {authtest.WithStorage(&authtest.Storage{}), inBoth},
		"under hashed identifiers": {authtest.WithStorage(&authtest.Storage{}), authtest.Configure(hashed)},
	}
}

func hashed(o *core.Options) { o.Verification.StoreIdentifier = "hashed" }

// A reset that ends every session ends the trust in every device.
//
// security: 12
func TestResetForgetsEveryDevice(t *testing.T) {
	for _, revoke := range []bool{false, true} {
		for name, server := range storages() {
			revoking := authtest.Configure(func(o *core.Options) { o.EmailAndPassword.RevokeSessionsOnPasswordReset = revoke })
			f := start(t, func(s *setup) { s.server = append(server, revoking) })
			device := f.trusting(f.enrol(f.Client(), email))
			f.Client().Post("/request-password-reset", authtest.M{"email": email}).Want(200)
			reset := authtest.M{"token": f.Inbox.Last("reset-password").Token, "newPassword": authtest.Password}
			f.Client().Post("/reset-password", reset).Want(200)
			if device.SignedIn() == revoke || isTrusted(device) == revoke {
				t.Errorf("%s: sessions are revoked: %v, the device is not", name, revoke)
			}
		}
	}
}

// A change that ends every other session does the same, and only such a change.
//
// security: 12
func TestChangeForgetsEveryDevice(t *testing.T) {
	for _, revoke := range []bool{false, true} {
		for name, server := range storages() {
			f := start(t, func(s *setup) { s.server = server })
			ada := f.Client()
			a := f.enrol(ada, email)
			device := f.trusting(a)
			change := authtest.M{"currentPassword": authtest.Password, "newPassword": authtest.Password, "revokeOtherSessions": revoke}
			ada.Post("/change-password", change).Want(200)
			if isTrusted(device) == revoke {
				t.Errorf("%s: sessions are revoked: %v, the device is not", name, revoke)
			}
		}
	}
}

func TestServerOnlyFunctionsHaveNoRoute(t *testing.T) {
	f := start(t)
	ada := f.Client()
	a := f.enrol(ada, email)
	for _, path := range []string{"generate-totp", "view-backup-codes", "totp/generate"} {
		ada.Post("/two-factor/"+path, authtest.M{"secret": a.secret}).Want(404)
	}
}

// Each endpoint is a method: a server can act for a request without HTTP in between.
func TestEndpointsFromGo(t *testing.T) {
	f := start(t)
	answer := f.Client().SignUp(email)
	r := &http.Request{Header: http.Header{}}
	for _, cookie := range (&http.Response{Header: answer.Header}).Cookies() {
		r.AddCookie(cookie)
	}
	wrong, right := "wrong", authtest.Password
	if _, err := f.plugin.Enable(t.Context(), core.NewCall(r), twofactor.EnableInput{Password: &wrong}); !errors.Is(err, core.ErrInvalidPassword) {
		t.Errorf("wrong password: %v", err)
	}
	out, err := f.plugin.Enable(t.Context(), core.NewCall(r), twofactor.EnableInput{Password: &right})
	if err != nil || out.Method != "totp" || len(out.BackupCodes) != 10 {
		t.Fatalf("%+v, %v", out, err)
	}
	if _, err := f.plugin.VerifyTOTP(t.Context(), core.NewCall(nil), twofactor.VerifyTOTPInput{Code: "1"}); !errors.Is(err, twofactor.ErrInvalidCookie) {
		t.Errorf("nobody: %v", err)
	}
}
