package social

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const paypalID = "paypal"

// PayPalOptions are the settings of sign-in with PayPal.
type PayPalOptions struct {
	Options
	// Environment is live for real accounts.
	Environment string `enum:"sandbox,live"`
}

// DefaultPayPalOptions returns Better Auth's defaults.
func DefaultPayPalOptions() PayPalOptions { return PayPalOptions{Environment: "sandbox"} }

// PayPal is sign-in with PayPal. What may be read is set up at PayPal, so that no scopes are sent.
func PayPal(o PayPalOptions, f Funcs) core.Provider {
	pages, api := "https://www.paypal.com", "https://api-m.paypal.com"
	if cmp.Or(o.Environment, DefaultPayPalOptions().Environment) == "sandbox" {
		pages, api = "https://www.sandbox.paypal.com", "https://api-m.sandbox.paypal.com"
	}
	o.ClientKey = "" // only the client id counts
	return New(Spec{
		ID: paypalID,
		Authorization: Authorization{
			URL:      pages + "/signin/authorize",
			NoScopes: true,
			PKCE:     true,
		},
		Token: Token{URL: api + "/v1/oauth2/token", Auth: AuthBasic, NeedsSecret: true},
		UserInfo: func(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
			return paypalUser(ctx, g, api+"/v1/identity/oauth2/userinfo")
		},
	}, o.Options, f)
}

type paypalProfile struct {
	Sub           Text   `json:"sub"`
	UserID        Text   `json:"user_id"`
	Name          string `json:"name"`
	Email         string `json:"email"`
	EmailVerified Flag   `json:"email_verified"`
	Picture       string `json:"picture"`
}

func (p paypalProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.UserID),
		Name:          p.Name,
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.Picture),
	}, nil
}

// paypalUser asks for the profile, which must be of the person the ID token is about, if there is one.
func paypalUser(ctx context.Context, g *Grant, url string) (*core.ProviderProfile, error) {
	profile, err := Fetched[paypalProfile](Request{URL: url, Query: Query{{"schema", "paypalv1.1"}}})(ctx, g)
	if err != nil || g.IDToken == "" {
		return profile, err
	}
	var p paypalProfile
	if err := json.Unmarshal(profile.Data.(json.RawMessage), &p); err != nil {
		return nil, err
	}
	var token struct {
		Sub Text `json:"sub"`
	}
	if _, err := g.Claims(&token); err != nil {
		return nil, err
	}
	if token.Sub != cmp.Or(p.Sub, p.UserID) {
		return nil, errors.New("the profile is not that of the ID token")
	}
	return profile, nil
}
