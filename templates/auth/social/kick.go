package social

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

const kickID = "kick"

// KickOptions are the settings of sign-in with Kick.
type KickOptions struct{ Options }

// Kick is sign-in with Kick.
func Kick(o KickOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: kickID,
		Authorization: Authorization{
			URL:    "https://id.kick.com/oauth/authorize",
			Scopes: []string{"user:read"},
			PKCE:   true,
		},
		Token:    Token{URL: "https://id.kick.com/oauth/token"},
		UserInfo: Fetched[kickProfile](Request{URL: "https://api.kick.com/public/v1/users", Within: "data"}),
	}, o.Options, f)
}

type kickProfile struct {
	UserID         Text   `json:"user_id"`
	Name           string `json:"name"`
	Email          string `json:"email"`
	ProfilePicture string `json:"profile_picture"`
}

func (p kickProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID: string(p.UserID),
		Name:      p.Name,
		Email:     p.Email,
		Image:     Image(p.ProfilePicture),
	}, nil
}
