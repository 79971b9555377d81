package social

import (
	"cmp"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const polarID = "polar"

// PolarOptions are the settings of sign-in with Polar.
type PolarOptions struct{ Options }

// Polar is sign-in with Polar.
func Polar(o PolarOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: polarID,
		Authorization: Authorization{
			URL:    "https://polar.sh/oauth2/authorize",
			Scopes: []string{"openid", "profile", "email"},
			PKCE:   true,
		},
		Token:    Token{URL: "https://api.polar.sh/v1/oauth2/token"},
		UserInfo: Fetched[polarProfile](Request{URL: "https://api.polar.sh/v1/oauth2/userinfo"}),
	}, o.Options, f)
}

type polarProfile struct {
	ID            Text   `json:"id"`
	PublicName    string `json:"public_name"`
	Username      string `json:"username"`
	Email         string `json:"email"`
	EmailVerified Flag   `json:"email_verified"`
	AvatarURL     string `json:"avatar_url"`
}

func (p polarProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.ID),
		Name:          cmp.Or(p.PublicName, p.Username),
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.AvatarURL),
	}, nil
}
