package social

import (
	"cmp"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const cloudflareID = "cloudflare"

// CloudflareOptions are the settings of sign-in with Cloudflare.
type CloudflareOptions struct {
	Options
	// TokenEndpointAuthMethod is how the client secret is sent. Unset: client_secret_basic; without a
	// secret only the client id is.
	TokenEndpointAuthMethod string `enum:"client_secret_basic,client_secret_post"`
}

// Cloudflare is sign-in with Cloudflare.
func Cloudflare(o CloudflareOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: cloudflareID,
		Authorization: Authorization{
			URL:          "https://dash.cloudflare.com/oauth2/auth",
			Scopes:       []string{"user-details.read"},
			UniqueScopes: true,
			PKCE:         true,
		},
		Token:    Token{URL: "https://dash.cloudflare.com/oauth2/token", Auth: o.clientAuth()},
		UserInfo: Fetched[cloudflareProfile](Request{URL: "https://api.cloudflare.com/client/v4/user", Within: "result"}),
	}, o.Options, f)
}

func (o CloudflareOptions) clientAuth() ClientAuth {
	if o.ClientSecret == "" || o.TokenEndpointAuthMethod == "client_secret_post" {
		return AuthPost
	}
	return AuthBasic
}

type cloudflareProfile struct {
	ID        Text   `json:"id"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Email     string `json:"email"`
}

func (p cloudflareProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID: string(p.ID),
		Name:      cmp.Or(FullName(p.FirstName, p.LastName), p.Email),
		Email:     p.Email,
	}, nil
}
