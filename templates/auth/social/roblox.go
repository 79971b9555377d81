package social

import (
	"cmp"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const robloxID = "roblox"

// RobloxOptions are the settings of sign-in with Roblox.
type RobloxOptions struct{ Options }

// DefaultRobloxOptions returns Better Auth's defaults.
func DefaultRobloxOptions() RobloxOptions {
	return RobloxOptions{Options: Options{Prompt: "select_account consent"}}
}

// Roblox is sign-in with Roblox. It does not tell addresses: people get a placeholder, unless
// Funcs.MapProfileToUser knows better.
func Roblox(o RobloxOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: robloxID,
		Authorization: Authorization{
			URL:    "https://apis.roblox.com/oauth/v1/authorize",
			Scopes: []string{"openid", "profile"},
			Prompt: DefaultRobloxOptions().Prompt,
		},
		Token:    Token{URL: "https://apis.roblox.com/oauth/v1/token"},
		UserInfo: Fetched[robloxProfile](Request{URL: "https://apis.roblox.com/oauth/v1/userinfo"}),
	}, o.Options, f)
}

type robloxProfile struct {
	Sub               Text   `json:"sub"`
	Nickname          string `json:"nickname"`
	PreferredUsername string `json:"preferred_username"`
	Picture           string `json:"picture"`
}

func (p robloxProfile) User() (*core.ProviderProfile, error) {
	email, err := PlaceholderEmail(string(p.Sub), robloxID)
	if err != nil {
		return nil, err
	}
	return &core.ProviderProfile{
		AccountID: string(p.Sub),
		Name:      cmp.Or(p.Nickname, p.PreferredUsername),
		Email:     email,
		Image:     Image(p.Picture),
	}, nil
}
