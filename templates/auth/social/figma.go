package social

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

const figmaID = "figma"

// FigmaOptions are the settings of sign-in with Figma.
type FigmaOptions struct{ Options }

// Figma is sign-in with Figma.
func Figma(o FigmaOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: figmaID,
		Authorization: Authorization{
			URL:    "https://www.figma.com/oauth",
			Scopes: []string{"current_user:read"},
			PKCE:   true,
		},
		Token:    Token{URL: "https://api.figma.com/v1/oauth/token", Auth: AuthBasic, NeedsSecret: true},
		UserInfo: Fetched[figmaProfile](Request{URL: "https://api.figma.com/v1/me"}),
	}, o.Options, f)
}

type figmaProfile struct {
	ID     Text   `json:"id"`
	Handle string `json:"handle"`
	Email  string `json:"email"`
	ImgURL string `json:"img_url"`
}

func (p figmaProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID: string(p.ID),
		Name:      p.Handle,
		Email:     p.Email,
		Image:     Image(p.ImgURL),
	}, nil
}
