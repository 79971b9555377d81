package social

import (
	"strconv"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const twitchID = "twitch"

// TwitchOptions are the settings of sign-in with Twitch.
type TwitchOptions struct {
	Options
	// Claims are what the ID token shall tell besides email and email_verified.
	Claims []string
}

// DefaultTwitchOptions returns Better Auth's defaults.
func DefaultTwitchOptions() TwitchOptions {
	return TwitchOptions{Claims: []string{"email", "email_verified", "preferred_username", "picture"}}
}

// Twitch is sign-in with Twitch.
func Twitch(o TwitchOptions, f Funcs) core.Provider {
	if len(o.Claims) == 0 {
		o.Claims = DefaultTwitchOptions().Claims
	}
	return New(Spec{
		ID: twitchID,
		Authorization: Authorization{
			URL:    "https://id.twitch.tv/oauth2/authorize",
			Scopes: []string{"user:read:email", "openid"},
			Params: Query{{"claims", o.claims()}},
		},
		Token:    Token{URL: "https://id.twitch.tv/oauth2/token"},
		UserInfo: Claimed[twitchProfile](),
	}, o.Options, f)
}

// claims is the parameter of that name (OpenID Connect Core §5.5).
func (o TwitchOptions) claims() string {
	var wanted []string
	for _, claim := range unique(append([]string{"email", "email_verified"}, o.Claims...)) {
		wanted = append(wanted, strconv.Quote(claim)+":null")
	}
	return `{"id_token":{` + strings.Join(wanted, ",") + `}}`
}

type twitchProfile struct {
	Sub               Text   `json:"sub"`
	PreferredUsername string `json:"preferred_username"`
	Email             string `json:"email"`
	EmailVerified     Flag   `json:"email_verified"`
	Picture           string `json:"picture"`
}

func (p twitchProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.Sub),
		Name:          p.PreferredUsername,
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.Picture),
	}, nil
}
