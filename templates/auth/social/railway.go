package social

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

const railwayID = "railway"

// RailwayOptions are the settings of sign-in with Railway.
type RailwayOptions struct{ Options }

// Railway is sign-in with Railway.
func Railway(o RailwayOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: railwayID,
		Authorization: Authorization{
			URL:    "https://backboard.railway.com/oauth/auth",
			Scopes: []string{"openid", "email", "profile"},
			PKCE:   true,
		},
		Token:    Token{URL: "https://backboard.railway.com/oauth/token", Auth: AuthBasic},
		UserInfo: Fetched[railwayProfile](Request{URL: "https://backboard.railway.com/oauth/me"}),
	}, o.Options, f)
}

type railwayProfile struct {
	Sub     Text   `json:"sub"`
	Name    string `json:"name"`
	Email   string `json:"email"`
	Picture string `json:"picture"`
}

func (p railwayProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID: string(p.Sub),
		Name:      p.Name,
		Email:     p.Email,
		Image:     Image(p.Picture),
	}, nil
}
