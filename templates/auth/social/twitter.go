package social

import (
	"context"
	"encoding/json"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const twitterID = "twitter"

// TwitterOptions are the settings of sign-in with X.
type TwitterOptions struct{ Options }

// Twitter is sign-in with X.
func Twitter(o TwitterOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: twitterID,
		Authorization: Authorization{
			URL:    "https://x.com/i/oauth2/authorize",
			Scopes: []string{"users.read", "tweet.read", "offline.access", "users.email"},
			PKCE:   true,
		},
		Token:    Token{URL: "https://api.x.com/2/oauth2/token", Auth: AuthBasic},
		UserInfo: twitterUser,
	}, o.Options, f)
}

type twitterProfile struct {
	ID              Text   `json:"id"`
	Name            string `json:"name"`
	Email           string `json:"email"`
	ConfirmedEmail  string `json:"confirmed_email"`
	ProfileImageURL string `json:"profile_image_url"`
}

// twitterUser asks for the address separately: X refuses the whole request of applications that may not
// see it. People whose address it does not tell get a placeholder.
func twitterUser(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
	var p, private twitterProfile
	data, err := g.Fetch(ctx, twitterRequest("profile_image_url"), &p)
	if err != nil {
		return nil, err
	}
	if _, err := g.Fetch(ctx, twitterRequest("confirmed_email"), &private); err == nil && private.ConfirmedEmail != "" {
		p.Email = private.ConfirmedEmail
		if data, err = With(data, "email", p.Email); err != nil {
			return nil, err
		}
	}
	if p.Email == "" {
		if p.Email, err = PlaceholderEmail(string(p.ID), twitterID); err != nil {
			return nil, err
		}
	}
	whole, err := json.Marshal(map[string]json.RawMessage{"data": data})
	if err != nil {
		return nil, err
	}
	return &core.ProviderProfile{
		AccountID:     string(p.ID),
		Name:          p.Name,
		Email:         p.Email,
		EmailVerified: private.ConfirmedEmail != "",
		Image:         Image(p.ProfileImageURL),
		Data:          json.RawMessage(whole),
	}, nil
}

func twitterRequest(field string) Request {
	return Request{URL: "https://api.x.com/2/users/me", Query: Query{{"user.fields", field}}, Within: "data"}
}
