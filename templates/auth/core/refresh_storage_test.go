package core_test

import (
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/authtest"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Where single-use values are in secondary storage, states are taken there, and a refresh gives its claim
// up for the next one. security: 28, 43
func TestSocialWithSecondaryStorage(t *testing.T) {
	for _, both := range []bool{false, true} {
		server, acme := newSocial(t, authtest.WithStorage(&authtest.Storage{}), authtest.Configure(func(o *core.Options) {
			o.Verification.StoreInDatabase = both
		}))
		ada := server.Client()
		ada.Begin(acme, "/sign-in/social", begin)
		path := acme.Consent(authtest.Ada())
		other := ada.Clone()
		ada.Get(path).WantRedirect("/inside")
		other.Get(path).WantRedirect(errorPage + "?error=state_mismatch")
		body := authtest.M{"accountId": accountID(t, ada, "acme")}
		for range 3 {
			start := time.Now()
			ada.Post("/refresh-token", body).Want(200)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("the claim of the refresh before was not given up: %v", took)
			}
		}
	}
}
