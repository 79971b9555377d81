package social

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

const notionID = "notion"

// NotionOptions are the settings of sign-in with Notion.
type NotionOptions struct{ Options }

// Notion is sign-in with Notion. What may be read is set up at Notion; there are no scopes of its own.
func Notion(o NotionOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: notionID,
		Authorization: Authorization{
			URL:       "https://api.notion.com/v1/oauth/authorize",
			LoginHint: true,
			Fixed:     Query{{"owner", "user"}},
		},
		Token: Token{URL: "https://api.notion.com/v1/oauth/token", Auth: AuthBasic, RefreshAuth: AuthPost},
		UserInfo: Fetched[notionProfile](Request{
			URL:    "https://api.notion.com/v1/users/me",
			Header: map[string]string{"Notion-Version": "2022-06-28"},
			Within: "bot.owner.user",
		}),
	}, o.Options, f)
}

type notionProfile struct {
	ID        Text   `json:"id"`
	Name      string `json:"name"`
	AvatarURL string `json:"avatar_url"`
	Person    struct {
		Email string `json:"email"`
	} `json:"person"`
}

func (p notionProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID: string(p.ID),
		Name:      p.Name,
		Email:     p.Person.Email,
		Image:     Image(p.AvatarURL),
	}, nil
}
