package social

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const cognitoID = "cognito"

// CognitoOptions are the settings of sign-in with Amazon Cognito. Domain, Region and UserPoolID are needed.
type CognitoOptions struct {
	Options
	// Domain is that of the hosted pages, such as shop.auth.us-east-1.amazoncognito.com.
	Domain string
	// Region is the AWS region of the user pool.
	Region string
	// UserPoolID names the user pool.
	UserPoolID string `name:"userPoolId"`
	// RequireClientSecret fails without a client secret.
	RequireClientSecret bool
	// IdentityProvider goes straight to one of the pool's identity providers, such as Google.
	IdentityProvider string
}

// Cognito is sign-in with Amazon Cognito.
func Cognito(o CognitoOptions, f Funcs) core.Provider {
	host := "https://" + strings.TrimPrefix(strings.TrimPrefix(o.Domain, "https://"), "http://")
	issuer := "https://cognito-idp." + o.Region + ".amazonaws.com/" + o.UserPoolID
	return New(Spec{
		ID:      cognitoID,
		Invalid: o.check(),
		Authorization: Authorization{
			URL:    host + "/oauth2/authorize",
			Scopes: []string{"openid", "profile", "email"},
			PKCE:   true,
			Params: Query{{"identity_provider", o.IdentityProvider}},
			Rewrite: func(q Query) Query {
				return append(q.Without("scope"), q.Pick("scope")...) // where Better Auth has it
			},
			EscapeBlanks: true, // Cognito takes a plus for a plus
		},
		Token:    Token{URL: host + "/oauth2/token", NeedsSecret: o.RequireClientSecret},
		UserInfo: cognitoUser(ClaimedOrFetched[cognitoProfile](Request{URL: host + "/oauth2/userinfo"})),
		IDToken: &IDToken{
			JWKS:    issuer + "/.well-known/jwks.json",
			Issuers: []string{issuer},
			MaxAge:  time.Hour,
		},
	}, o.Options, f)
}

// cognitoUser adds the name to what an ID token tells, whichever claim it is from.
func cognitoUser(read UserInfo) UserInfo {
	return func(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
		u, err := read(ctx, g)
		if err == nil && g.IDToken != "" {
			u.Data, err = With(u.Data.(json.RawMessage), "name", u.Name)
		}
		return u, err
	}
}

func (o CognitoOptions) check() error {
	if o.Domain == "" || o.Region == "" || o.UserPoolID == "" {
		return errors.New("domain, region and userPoolId are needed")
	}
	return nil
}

type cognitoProfile struct {
	Sub           Text   `json:"sub"`
	Name          string `json:"name"`
	GivenName     string `json:"given_name"`
	Username      string `json:"username"`
	Email         string `json:"email"`
	EmailVerified Flag   `json:"email_verified"`
	Picture       string `json:"picture"`
}

func (p cognitoProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.Sub),
		Name:          cmp.Or(p.Name, p.GivenName, p.Username),
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.Picture),
	}, nil
}
