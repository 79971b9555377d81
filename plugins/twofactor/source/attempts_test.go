package twofactor_test

import (
	"context"
	"errors"
	"testing"
	"time"

	twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

func TestSixthAttemptEndsTheChallenge(t *testing.T) {
	f := start(t)
	a := f.enrol(f.Client(), email)
	client := f.challenged(email)
	for range 5 {
		verify(client, "wrong").WantError(401, "INVALID_CODE")
	}
	verify(client, f.code(a.secret)).WantError(400, "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE")
	verify(client, f.code(a.secret)).WantError(401, "INVALID_TWO_FACTOR_COOKIE")
}

// Attempts are shared by the factors.
//
// security: 27
func TestAttemptsAreSharedByFactors(t *testing.T) {
	f := start(t)
	a := f.enrol(f.Client(), email)
	client := f.challenged(email)
	for range 3 {
		verify(client, "wrong").WantError(401, "INVALID_CODE")
	}
	for range 2 {
		client.Post("/two-factor/verify-backup-code", authtest.M{"code": "wrong"}).WantError(401, "INVALID_BACKUP_CODE")
	}
	verify(client, f.code(a.secret)).WantError(400, "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE")
}

// security: 27
func TestBurstOnOneChallenge(t *testing.T) {
	f := start(t, func(s *setup) {
		s.options.AccountLockout.Enabled = false
		s.server = append(s.server, authtest.WithSharedStore())
	})
	f.enrol(f.Client(), email)
	client := f.challenged(email)
	codes := make([]string, 20)
	authtest.Together(len(codes), func(i int) { codes[i] = verify(client.Clone(), "wrong").Text("code") })
	tried := 0
	for _, code := range codes {
		if code == "INVALID_CODE" {
			tried++
		}
	}
	if tried == 0 || tried > 5 {
		t.Errorf("%d codes were compared, want 1 to 5: %v", tried, codes)
	}
}

// However many challenges are open, no more codes are compared than the account allows.
//
// security: 25 27
func TestBurstOnManyChallenges(t *testing.T) {
	f := start(t, func(s *setup) {
		s.options.AccountLockout.MaxFailedAttempts = 4
		s.server = append(s.server, authtest.WithSharedStore())
	})
	f.enrol(f.Client(), email)
	clients := make([]*authtest.Client, 16)
	for i := range clients {
		clients[i] = f.challenged(email)
	}
	codes := make([]string, len(clients))
	authtest.Together(len(clients), func(i int) { codes[i] = verify(clients[i], "wrong").Text("code") })
	count := map[string]int{}
	for _, code := range codes {
		count[code]++
	}
	if count["INVALID_CODE"] != 4 || count["ACCOUNT_TEMPORARILY_LOCKED"] != 12 {
		t.Errorf("answers %v", count)
	}
}

// security: 25 27
func TestLockoutOverChallengesAndFactors(t *testing.T) {
	f := start(t)
	a := f.enrol(f.Client(), email)
	for i := range 10 {
		client := f.challenged(email)
		switch i % 3 {
		case 0:
			verify(client, "wrong").WantError(401, "INVALID_CODE")
		case 1:
			client.Post("/two-factor/verify-backup-code", authtest.M{"code": "wrong"}).WantError(401, "INVALID_BACKUP_CODE")
		case 2:
			client.Post("/two-factor/send-otp", authtest.M{}).Want(200)
			client.Post("/two-factor/verify-otp", authtest.M{"code": "wrong"}).WantError(401, "INVALID_CODE")
		}
	}
	client := f.challenged(email)
	verify(client, f.code(a.secret)).WantError(429, "ACCOUNT_TEMPORARILY_LOCKED")
	client.Post("/two-factor/verify-backup-code", authtest.M{"code": a.backup[0]}).WantError(429, "ACCOUNT_TEMPORARILY_LOCKED")
	client.Post("/two-factor/send-otp", authtest.M{}).Want(200)
	client.Post("/two-factor/verify-otp", authtest.M{"code": f.otp()}).WantError(429, "ACCOUNT_TEMPORARILY_LOCKED")

	f.Clock.Advance(14 * time.Minute)
	client = f.challenged(email)
	verify(client, "wrong").WantError(401, "INVALID_CODE")
	verify(client, f.code(a.secret)).Want(200)
	row, err := f.Store.TwoFactorByUserID(t.Context(), client.Get("/get-session").Text("user.id"))
	if err != nil || *row.FailedVerificationCount != 0 || row.LockedUntil != nil {
		t.Errorf("after success: %+v, %v", row, err)
	}
}

// A lock must not be extended by whoever caused it, or a victim would be locked out for ever.
//
// security: 25
func TestLockIsNotExtended(t *testing.T) {
	f := start(t, func(s *setup) { s.options.AccountLockout.MaxFailedAttempts = 1 })
	a := f.enrol(f.Client(), email)
	client := f.challenged(email)
	verify(client, "wrong").WantError(401, "INVALID_CODE")
	f.Clock.Advance(8 * time.Minute)
	verify(client, "wrong").WantError(429, "ACCOUNT_TEMPORARILY_LOCKED")
	f.Clock.Advance(6 * time.Minute)
	verify(f.challenged(email), f.code(a.secret)).Want(200)
}

// Users who only have codes sent to them have no secret, and still a limit.
//
// security: 25 27
func TestLockoutOfUsersWithoutAnApp(t *testing.T) {
	f := start(t, func(s *setup) { s.options.AccountLockout.MaxFailedAttempts = 3 })
	ada := f.Client()
	ada.SignUp(email)
	ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password, "method": "otp"}).Want(200)
	client := f.challenged(email)
	for range 3 {
		client.Post("/two-factor/send-otp", authtest.M{}).Want(200)
		client.Post("/two-factor/verify-otp", authtest.M{"code": "wrong"}).WantError(401, "INVALID_CODE")
	}
	client.Post("/two-factor/send-otp", authtest.M{}).Want(200)
	client.Post("/two-factor/verify-otp", authtest.M{"code": f.otp()}).WantError(429, "ACCOUNT_TEMPORARILY_LOCKED")

	// The row that counts looks like none.
	ada.Post("/two-factor/get-totp-uri", authtest.M{"password": authtest.Password}).WantError(400, "TOTP_NOT_ENABLED")
	ada.Post("/two-factor/generate-backup-codes", authtest.M{"password": authtest.Password}).WantError(400, "TWO_FACTOR_NOT_ENABLED")
	ada.Post("/two-factor/verify-backup-code", authtest.M{"code": "x"}).WantError(400, "BACKUP_CODES_NOT_ENABLED")
	verify(ada, "wrong").WantError(400, "TOTP_NOT_ENABLED")
	ada.Post("/two-factor/enable", authtest.M{"password": authtest.Password}).Want(200)
}

func TestLockoutCanBeOff(t *testing.T) {
	f := start(t, func(s *setup) {
		s.options.AccountLockout.Enabled, s.options.AccountLockout.MaxFailedAttempts = false, 1
	})
	a := f.enrol(f.Client(), email)
	verify(f.challenged(email), "wrong").WantError(401, "INVALID_CODE")
	verify(f.challenged(email), f.code(a.secret)).Want(200)
}

// A failure that is not the user's costs no attempt.
func TestInternalErrorsCostNoAttempt(t *testing.T) {
	broken := true
	f := start(t, func(s *setup) {
		s.options.AccountLockout.Enabled = false
		s.funcs.BackupCodeCipher = &twofactor.Cipher{
			Encrypt: func(_ context.Context, text string) (string, error) { return text, nil },
			Decrypt: func(_ context.Context, text string) (string, error) {
				if broken {
					return "", errors.New("key server is down")
				}
				return text, nil
			},
		}
	})
	a := f.enrol(f.Client(), email)
	client := f.challenged(email)
	for range 7 {
		client.Post("/two-factor/verify-backup-code", authtest.M{"code": a.backup[0]}).Want(500)
	}
	broken = false
	client.Post("/two-factor/verify-backup-code", authtest.M{"code": a.backup[0]}).Want(200)
}

func TestRateLimitIsPerPath(t *testing.T) {
	f := start(t, func(s *setup) { s.server = append(s.server, authtest.Configure(limited)) })
	client := f.Client()
	for range 3 {
		verify(client, "1").Want(401)
	}
	if got := verify(client, "1").Want(429).Header.Get("X-Retry-After"); got != "10" {
		t.Errorf("X-Retry-After %s", got)
	}
	client.Post("/two-factor/verify-otp", authtest.M{"code": "1"}).Want(401)
}
