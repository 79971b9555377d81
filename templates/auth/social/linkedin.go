package social

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

const linkedinID = "linkedin"

// LinkedInOptions are the settings of sign-in with LinkedIn.
type LinkedInOptions struct{ Options }

// LinkedIn is sign-in with LinkedIn.
func LinkedIn(o LinkedInOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: linkedinID,
		Authorization: Authorization{
			URL:       "https://www.linkedin.com/oauth/v2/authorization",
			Scopes:    []string{"profile", "email", "openid"},
			LoginHint: true,
		},
		Token:    Token{URL: "https://www.linkedin.com/oauth/v2/accessToken"},
		UserInfo: Fetched[linkedinProfile](Request{URL: "https://api.linkedin.com/v2/userinfo"}),
	}, o.Options, f)
}

type linkedinProfile struct {
	Sub           Text   `json:"sub"`
	Name          string `json:"name"`
	Email         string `json:"email"`
	EmailVerified Flag   `json:"email_verified"`
	Picture       string `json:"picture"`
}

func (p linkedinProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.Sub),
		Name:          p.Name,
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.Picture),
	}, nil
}
