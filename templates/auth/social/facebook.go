package social

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const facebookID = "facebook"

// FacebookOptions are the settings of sign-in with Facebook.
type FacebookOptions struct {
	Options
	// Fields are asked for besides id, name, email and picture.
	Fields []string
	// ConfigID names a configuration of Facebook Login for Business.
	ConfigID string `name:"configId"`
}

// Facebook is sign-in with Facebook. Clients may send a JWT of Limited Login, or an access token in its
// place.
func Facebook(o FacebookOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: facebookID,
		Authorization: Authorization{
			URL:       "https://www.facebook.com/v24.0/dialog/oauth",
			Scopes:    []string{"email", "public_profile"},
			LoginHint: true,
			Params:    Query{{"config_id", o.ConfigID}},
		},
		Token:    Token{URL: "https://graph.facebook.com/v24.0/oauth/access_token", NeedsSecret: true},
		UserInfo: o.user,
		IDToken: &IDToken{
			JWKS:    "https://limited.facebook.com/.well-known/oauth/openid/jwks/",
			Issuers: []string{"https://www.facebook.com"},
			Opaque:  true,
		},
	}, o.Options, f)
}

// user reads the ID token of Limited Login, or else asks the Graph API.
func (o FacebookOptions) user(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
	if strings.Count(g.IDToken, ".") == 2 {
		return Claimed[facebookClaims]()(ctx, g)
	}
	if g.AccessToken == "" {
		return nil, errNoAccessToken
	}
	owner, err := o.ownerOf(ctx, g)
	if err != nil {
		return nil, err
	}
	fields := strings.Join(append([]string{"id", "name", "email", "picture"}, o.Fields...), ",")
	me := Request{URL: "https://graph.facebook.com/me", Query: Query{{"fields", fields}}}
	profile, err := Fetched[facebookProfile](me)(ctx, g)
	if err != nil {
		return nil, err
	}
	if profile.AccountID != owner {
		return nil, errors.New("the access token is not that of the profile")
	}
	return profile, nil
}

// ownerOf returns whose access token it is. It must have been made for this application: that of another
// one proves nothing, since its owner could use it here.
func (o FacebookOptions) ownerOf(ctx context.Context, g *Grant) (string, error) {
	var token struct {
		IsValid bool `json:"is_valid"`
		AppID   Text `json:"app_id"`
		UserID  Text `json:"user_id"`
	}
	_, err := g.Client().Fetch(ctx, Request{
		URL: "https://graph.facebook.com/debug_token",
		Query: Query{
			{"input_token", g.AccessToken},
			{"access_token", o.ClientID() + "|" + o.ClientSecret},
		},
		Within: "data",
	}, &token)
	if err != nil {
		return "", err
	}
	if !token.IsValid || token.UserID == "" || !slices.Contains(o.ClientIDs, string(token.AppID)) {
		return "", errors.New("the access token is not for this application")
	}
	return string(token.UserID), nil
}

type facebookProfile struct {
	ID            Text   `json:"id"`
	Name          string `json:"name"`
	Email         string `json:"email"`
	EmailVerified Flag   `json:"email_verified"`
	Picture       struct {
		Data struct {
			URL string `json:"url"`
		} `json:"data"`
	} `json:"picture"`
}

func (p facebookProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.ID),
		Name:          p.Name,
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.Picture.Data.URL),
	}, nil
}

type facebookClaims struct {
	Sub     Text   `json:"sub"`
	Name    string `json:"name"`
	Email   string `json:"email"`
	Picture string `json:"picture"`
}

func (p facebookClaims) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID: string(p.Sub),
		Name:      p.Name,
		Email:     p.Email,
		Image:     Image(p.Picture),
	}, nil
}
