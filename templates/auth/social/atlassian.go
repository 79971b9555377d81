package social

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

const atlassianID = "atlassian"

// AtlassianOptions are the settings of sign-in with Atlassian.
type AtlassianOptions struct{ Options }

// Atlassian is sign-in with Atlassian.
func Atlassian(o AtlassianOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: atlassianID,
		Authorization: Authorization{
			URL:    "https://auth.atlassian.com/authorize",
			Scopes: []string{"read:jira-user", "offline_access"},
			PKCE:   true,
			Fixed:  Query{{"audience", "api.atlassian.com"}},
		},
		Token:    Token{URL: "https://auth.atlassian.com/oauth/token", NeedsSecret: true},
		UserInfo: Fetched[atlassianProfile](Request{URL: "https://api.atlassian.com/me"}),
	}, o.Options, f)
}

type atlassianProfile struct {
	AccountID Text   `json:"account_id"`
	Name      string `json:"name"`
	Email     string `json:"email"`
	Picture   string `json:"picture"`
}

func (p atlassianProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID: string(p.AccountID),
		Name:      p.Name,
		Email:     p.Email,
		Image:     Image(p.Picture),
	}, nil
}
