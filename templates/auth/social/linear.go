package social

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

const linearID = "linear"

// LinearOptions are the settings of sign-in with Linear.
type LinearOptions struct{ Options }

// linearQuery is the GraphQL query of the user.
const linearQuery = `{"query":"query { viewer { id name email avatarUrl active createdAt updatedAt } }"}`

// Linear is sign-in with Linear.
func Linear(o LinearOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: linearID,
		Authorization: Authorization{
			URL:       "https://linear.app/oauth/authorize",
			Scopes:    []string{"read"},
			LoginHint: true,
		},
		Token: Token{URL: "https://api.linear.app/oauth/token"},
		UserInfo: Fetched[linearProfile](Request{
			URL: "https://api.linear.app/graphql", JSON: linearQuery, Within: "data.viewer",
		}),
	}, o.Options, f)
}

type linearProfile struct {
	ID        Text   `json:"id"`
	Name      string `json:"name"`
	Email     string `json:"email"`
	AvatarURL string `json:"avatarUrl"`
}

func (p linearProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID: string(p.ID),
		Name:      p.Name,
		Email:     p.Email,
		Image:     Image(p.AvatarURL),
	}, nil
}
