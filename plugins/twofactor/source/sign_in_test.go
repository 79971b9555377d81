package twofactor_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

// security: 36
func TestChallengeOpensNoSession(t *testing.T) {
	f := start(t)
	a := f.enrol(f.Client(), email)
	client := f.Client()
	answer := client.SignIn(email)
	if got, want := string(answer.Body), `{"twoFactorRedirect":true,"twoFactorMethods":["totp","otp"]}`; got != want {
		t.Errorf("answer %s", got)
	}
	cookies := answer.Cookies()
	if len(cookies) != 3 || cookies[0] != "session_token=" || cookies[1] != "session_data=" || !strings.HasPrefix(cookies[2], "two_factor=2fa-") {
		t.Errorf("cookies %q", cookies)
	}
	if line := answer.SetCookie("two_factor"); !strings.Contains(line, "Max-Age=600; Path=/; HttpOnly; SameSite=Lax") {
		t.Errorf("cookie %s", line)
	}
	if client.SignedIn() {
		t.Error("signed in before the second factor")
	}
	// A challenge is no session token, nor the other way round.
	client.SetCookie("session_token", client.Cookie("two_factor"))
	if client.SignedIn() {
		t.Error("the challenge passes as a session")
	}
	done := verify(f.challenged(email), f.code(a.secret)).Want(200)
	if done.Text("token") == "" || done.Text("user.email") != email {
		t.Errorf("answer %s", done.Body)
	}
}

func TestOnlyProvenMethodsAreListed(t *testing.T) {
	f := start(t, func(s *setup) { s.funcs.SendOTP = nil })
	f.enrol(f.Client(), email)
	if got := f.Client().SignIn(email).Value("twoFactorMethods").([]any); !slices.Equal(got, []any{"totp"}) {
		t.Errorf("methods %v", got)
	}
}

func TestRightCodeSignsIn(t *testing.T) {
	f := start(t)
	a := f.enrol(f.Client(), email)
	client := f.challenged(email)
	answer := verify(client, f.code(a.secret)).Want(200)
	if !client.SignedIn() || client.Cookie("two_factor") != "" {
		t.Error("not signed in, or the challenge is still there")
	}
	if line := answer.SetCookie("session_token"); !strings.Contains(line, "Max-Age=604800") {
		t.Errorf("cookie %s", line)
	}
}

// Whoever asked not to be remembered is not, although the session comes with another request.
func TestDontRememberSurvivesTheChallenge(t *testing.T) {
	f := start(t)
	a := f.enrol(f.Client(), email)
	client := f.Client()
	answer := client.Post("/sign-in/email", authtest.M{"email": email, "password": authtest.Password, "rememberMe": false, "callbackURL": "/in"})
	if client.Cookie("dont_remember") == "" || answer.Value("twoFactorRedirect") != true || answer.Header.Get("Location") != "/in" {
		t.Fatalf("cookies %q", answer.Cookies())
	}
	answer = verify(client, f.code(a.secret)).Want(200)
	if line := answer.SetCookie("session_token"); strings.Contains(line, "Max-Age") {
		t.Errorf("remembered: %s", line)
	}
	f.Clock.Advance(25 * time.Hour)
	if client.SignedIn() {
		t.Error("the session outlives its day")
	}
}

// security: 29
func TestCodeIsAcceptedOnce(t *testing.T) {
	f := start(t)
	a := f.enrol(f.Client(), email)
	first, second := f.challenged(email), f.challenged(email)
	code := f.code(a.secret)
	verify(first, code).Want(200)
	verify(second, code).WantError(401, "INVALID_CODE")
	verify(second, f.code(a.secret)).Want(200)
}

// security: 28
func TestOneChallengeOpensOneSession(t *testing.T) {
	f := start(t, func(s *setup) { s.server = append(s.server, authtest.WithSharedStore()) })
	a := f.enrol(f.Client(), email)
	client := f.challenged(email)
	client.Post("/two-factor/send-otp", authtest.M{}).Want(200)
	requests := []authtest.M{{"code": f.code(a.secret)}, {"code": f.otp()}, {"code": a.backup[0]}}
	paths := []string{"/two-factor/verify-totp", "/two-factor/verify-otp", "/two-factor/verify-backup-code"}
	status := make([]int, len(paths))
	authtest.Together(len(paths), func(i int) {
		status[i] = client.Clone().Post(paths[i], requests[i]).Status
	})
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

func TestChallengeExpires(t *testing.T) {
	f := start(t)
	a := f.enrol(f.Client(), email)
	client := f.challenged(email)
	f.Clock.Advance(9 * time.Minute)
	code := f.code(a.secret) // two minutes later
	verify(client, code).WantError(401, "INVALID_TWO_FACTOR_COOKIE")

	client = f.challenged(email)
	f.Clock.Advance(10 * time.Minute)
	client.Post("/two-factor/send-otp", authtest.M{}).WantError(401, "INVALID_TWO_FACTOR_COOKIE")
}

// security: 33
func TestForgedChallenges(t *testing.T) {
	f := start(t)
	ada := f.Client()
	a := f.enrol(ada, email)
	client := f.challenged(email)
	genuine := client.Cookie("two_factor")
	for _, value := range []string{
		"", "2fa-aaaaaaaaaaaaaaaaaaaa", strings.Replace(genuine, "2fa-", "2fb-", 1), genuine[:len(genuine)-4] + "AAA%3D",
		ada.Cookie("session_token"), // signed by the same server, for something else
	} {
		client.SetCookie("two_factor", value)
		verify(client, f.code(a.secret)).WantError(401, "INVALID_TWO_FACTOR_COOKIE")
	}
}

// Nor is what else the server signs, or stores for a user, a challenge.
//
// security: 33
func TestOtherValuesAreNoChallenges(t *testing.T) {
	f := start(t)
	f.enrol(f.Client(), email)
	client := f.Client()
	client.Post("/request-password-reset", authtest.M{"email": email}).Want(200)
	identifier := "reset-password:" + f.Inbox.Last("reset-password").Token
	client.SetCookie("two_factor", url.QueryEscape(f.Auth.SignToken(identifier)))
	client.Post("/two-factor/send-otp", authtest.M{}).WantError(401, "INVALID_TWO_FACTOR_COOKIE")
}

func TestUnprovenSecretIsRefused(t *testing.T) {
	f := start(t)
	ada := f.Client()
	ada.SignUp(email)
	ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password, "method": "otp"}).Want(200)
	uri := ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Want(200).Text("totpURI")
	client := f.Client()
	if got := client.SignIn(email).Value("twoFactorMethods").([]any); !slices.Equal(got, []any{"otp"}) {
		t.Errorf("methods %v", got)
	}
	verify(client, f.code(f.secretOf(uri))).WantError(400, "TOTP_NOT_ENABLED")
	client.Post("/two-factor/send-otp", authtest.M{}).Want(200)
	client.Post("/two-factor/verify-otp", authtest.M{"code": f.otp()}).Want(200)
	// Signed in, the same user may prove the secret: the flag is on, so the session stays.
	token := client.Get("/get-session").Text("session.token")
	verify(client, f.code(f.secretOf(uri))).Want(200)
	if client.Get("/get-session").Text("session.token") != token {
		t.Error("the session was replaced")
	}
	if got := f.Client().SignIn(email).Value("twoFactorMethods").([]any); !slices.Equal(got, []any{"totp", "otp"}) {
		t.Errorf("methods %v", got)
	}
}

// Rows from before the column existed have no value in it.
func TestRowWithoutVerified(t *testing.T) {
	f := start(t)
	ada := f.Client()
	ada.SignUp(email)
	uri := ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Text("totpURI")
	id := ada.Get("/get-session").Text("user.id")
	row, err := f.Store.TwoFactorByUserID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	row.Verified = nil
	if _, err := f.Store.UpdateTwoFactor(t.Context(), row); err != nil {
		t.Fatal(err)
	}
	verify(ada, f.code(f.secretOf(uri))).Want(200)
	if row, _ = f.Store.TwoFactorByUserID(t.Context(), id); row.Verified == nil || !*row.Verified {
		t.Error("not marked")
	}
	verify(f.challenged(email), f.code(f.secretOf(uri))).Want(200)
}

// security: 35
func TestResetDoesNotBypassTheSecondFactor(t *testing.T) {
	f := start(t)
	f.enrol(f.Client(), email)
	client := f.Client()
	client.Post("/request-password-reset", authtest.M{"email": email}).Want(200)
	token := f.Inbox.Last("reset-password").Token
	client.Post("/reset-password", authtest.M{"token": token, "newPassword": "another password"}).Want(200)
	if client.SignedIn() {
		t.Error("signed in by a reset")
	}
	answer := client.Post("/sign-in/email", authtest.M{"email": email, "password": "another password"}).Want(200)
	if answer.Value("twoFactorRedirect") != true {
		t.Errorf("answer %s", answer.Body)
	}
}
