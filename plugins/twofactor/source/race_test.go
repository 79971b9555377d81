package twofactor_test

import (
	"context"
	"testing"

	twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
)

// interruption runs something else in the middle of a request, once.
type interruption struct{ run func() }

func (i *interruption) happen() {
	if run := i.run; run != nil {
		i.run = nil
		run()
	}
}

// While a code that was sent is compared, the same challenge is won by an authenticator app.
//
// security: 28
func TestChallengeIsWonMeanwhile(t *testing.T) {
	var other interruption
	f := start(t, func(s *setup) {
		s.funcs.HashOTP = func(_ context.Context, otp string) (string, error) {
			other.happen()
			return "hash of " + otp, nil
		}
	})
	a := f.enrol(f.Client(), email)
	client := f.challenged(email)
	client.Post("/two-factor/send-otp", authtest.M{}).Want(200)
	otp, code := f.otp(), f.code(a.secret)
	other.run = func() { verify(client.Clone(), code).Want(200) }
	loser := client.Clone()
	loser.Post("/two-factor/verify-otp", authtest.M{"code": otp}).WantError(401, "INVALID_TWO_FACTOR_COOKIE")
	if loser.SignedIn() {
		t.Error("one challenge opened two sessions")
	}
}

// While a backup code is looked up, somebody else spends it.
//
// security: 28 32
func TestBackupCodeIsSpentMeanwhile(t *testing.T) {
	var other interruption
	f := start(t, func(s *setup) {
		s.funcs.BackupCodeCipher = &twofactor.Cipher{
			Encrypt: func(_ context.Context, text string) (string, error) { return text, nil },
			Decrypt: func(_ context.Context, text string) (string, error) {
				other.happen()
				return text, nil
			},
		}
	})
	ada := f.Client()
	a := f.enrol(ada, email)
	other.run = func() { spend(ada.Clone(), a.backup[0]).Want(200) }
	if answer := spend(ada, a.backup[0]); answer.Status != 409 {
		t.Errorf("%d %s, want 409", answer.Status, answer.Body)
	}
	if codes, _ := f.left(ada.Get("/get-session").Text("user.id")); len(codes) != 9 {
		t.Errorf("%d codes left, want 9", len(codes))
	}
}
