package twofactor_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Secrets and backup codes from before a rotation work after it, and what is written then is encrypted
// with the new secret.
func TestFactorsSurviveRotation(t *testing.T) {
	before := start(t)
	ada := before.Client()
	a := before.enrol(ada, email)
	userID := ada.Get("/get-session").Text("user.id")
	after := start(t, func(s *setup) {
		s.server = append(s.server, authtest.On(before.Server), authtest.Configure(func(o *core.Options) {
			o.Secrets = []core.VersionedSecret{{Version: 7, Value: "the-new-secret-of-this-application-0"}}
		}))
	})
	after.challenged(email).Post("/two-factor/verify-totp", authtest.M{"code": after.code(a.secret)}).Want(200)
	if _, stored := after.left(userID); strings.HasPrefix(stored, "$ba$") {
		t.Errorf("backup codes are stored as %s before they were written", stored)
	}
	spend(after.challenged(email), a.backup[0]).Want(200)
	codes, stored := after.left(userID)
	if !slices.Equal(codes, a.backup[1:]) || !strings.HasPrefix(stored, "$ba$7$") {
		t.Errorf("left: %v, stored as %s", codes, stored)
	}
}
