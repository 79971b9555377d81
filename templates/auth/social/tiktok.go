package social

import (
	"cmp"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const tiktokID = "tiktok"

// TikTokOptions are the settings of sign-in with TikTok. ClientKey takes the place of the client id.
type TikTokOptions struct{ Options }

// TikTok is sign-in with TikTok. It seldom tells addresses: people get a placeholder without.
func TikTok(o TikTokOptions, f Funcs) core.Provider {
	client := Query{{"client_key", o.ClientKey}, {"client_secret", o.ClientSecret}}
	return New(Spec{
		ID:      tiktokID,
		Invalid: o.check(),
		Authorization: Authorization{
			URL:            "https://www.tiktok.com/v2/auth/authorize",
			Scopes:         []string{"user.info.profile"},
			ScopeSeparator: ",",
			Params:         Query{{"client_key", o.ClientKey}},
			Rewrite: func(q Query) Query {
				return q.Pick("scope", "response_type", "client_key", "redirect_uri", "state")
			},
		},
		Token: Token{
			URL:           "https://open.tiktokapis.com/v2/oauth/token/",
			Auth:          AuthParams,
			NeedsSecret:   true,
			PostVerifier:  true,
			Params:        func(core.CodeExchange) Query { return client },
			RefreshParams: client,
		},
		UserInfo: Fetched[tiktokProfile](Request{
			URL:   "https://open.tiktokapis.com/v2/user/info/",
			Query: Query{{"fields", "open_id,avatar_large_url,display_name,username"}},
		}),
	}, o.Options, f)
}

func (o TikTokOptions) check() error {
	if o.ClientKey == "" {
		return errors.New("clientKey is not set")
	}
	return nil
}

type tiktokProfile struct {
	Data struct {
		User struct {
			OpenID         Text   `json:"open_id"`
			DisplayName    string `json:"display_name"`
			Username       string `json:"username"`
			Email          string `json:"email"`
			AvatarLargeURL string `json:"avatar_large_url"`
		} `json:"user"`
	} `json:"data"`
}

func (p tiktokProfile) User() (*core.ProviderProfile, error) {
	user := p.Data.User
	email := user.Email
	if email == "" {
		var err error
		if email, err = PlaceholderEmail(string(user.OpenID), tiktokID); err != nil {
			return nil, err
		}
	}
	return &core.ProviderProfile{
		AccountID: string(user.OpenID),
		Name:      cmp.Or(user.DisplayName, user.Username),
		Email:     email,
		Image:     Image(user.AvatarLargeURL),
	}, nil
}
