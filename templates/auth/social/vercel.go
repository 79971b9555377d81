package social

import (
	"cmp"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const vercelID = "vercel"

// VercelOptions are the settings of sign-in with Vercel.
type VercelOptions struct{ Options }

// Vercel is sign-in with Vercel. It has no scopes of its own and no refresh tokens.
func Vercel(o VercelOptions, f Funcs) core.Provider {
	return New(Spec{
		ID:            vercelID,
		Authorization: Authorization{URL: "https://vercel.com/oauth/authorize", PKCE: true},
		Token:         Token{URL: "https://api.vercel.com/login/oauth/token", NoRefresh: true},
		UserInfo:      Fetched[vercelProfile](Request{URL: "https://api.vercel.com/login/oauth/userinfo"}),
	}, o.Options, f)
}

type vercelProfile struct {
	Sub               Text   `json:"sub"`
	Name              string `json:"name"`
	PreferredUsername string `json:"preferred_username"`
	Email             string `json:"email"`
	EmailVerified     Flag   `json:"email_verified"`
	Picture           string `json:"picture"`
}

func (p vercelProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.Sub),
		Name:          cmp.Or(p.Name, p.PreferredUsername),
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.Picture),
	}, nil
}
