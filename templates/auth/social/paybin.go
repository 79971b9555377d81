package social

import (
	"cmp"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const paybinID = "paybin"

// PaybinOptions are the settings of sign-in with Paybin.
type PaybinOptions struct {
	Options
	// Issuer is the URL of the Paybin server.
	Issuer string
}

// DefaultPaybinOptions returns Better Auth's defaults.
func DefaultPaybinOptions() PaybinOptions { return PaybinOptions{Issuer: "https://idp.paybin.io"} }

// Paybin is sign-in with Paybin.
func Paybin(o PaybinOptions, f Funcs) core.Provider {
	server := strings.TrimRight(cmp.Or(o.Issuer, DefaultPaybinOptions().Issuer), "/")
	return New(Spec{
		ID: paybinID,
		Authorization: Authorization{
			URL:       server + "/oauth2/authorize",
			Scopes:    []string{"openid", "email", "profile"},
			PKCE:      true,
			LoginHint: true,
		},
		Token:    Token{URL: server + "/oauth2/token", NeedsSecret: true},
		UserInfo: Claimed[paybinProfile](),
	}, o.Options, f)
}

type paybinProfile struct {
	Sub               Text   `json:"sub"`
	Name              string `json:"name"`
	PreferredUsername string `json:"preferred_username"`
	Email             string `json:"email"`
	EmailVerified     Flag   `json:"email_verified"`
	Picture           string `json:"picture"`
}

func (p paybinProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.Sub),
		Name:          cmp.Or(p.Name, p.PreferredUsername),
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.Picture),
	}, nil
}
