package social

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const googleID = "google"

// GoogleOptions are the settings of sign-in with Google.
type GoogleOptions struct {
	Options
	// AccessType is offline to get a refresh token.
	AccessType string `enum:"offline,online"`
	// Display is how Google shows its pages.
	Display string `enum:"page,popup,touch,wap"`
	// HD is the Google Workspace domain people must belong to; * is any.
	HD string
	// IncludeGrantedScopes makes access tokens good for what was granted before, too.
	IncludeGrantedScopes bool
}

// DefaultGoogleOptions returns Better Auth's defaults.
func DefaultGoogleOptions() GoogleOptions { return GoogleOptions{IncludeGrantedScopes: true} }

// Google is sign-in with Google.
func Google(o GoogleOptions, f Funcs) core.Provider {
	var includeGranted string
	if o.IncludeGrantedScopes {
		includeGranted = "true"
	}
	return New(Spec{
		ID: googleID,
		Authorization: Authorization{
			URL:       "https://accounts.google.com/o/oauth2/v2/auth",
			Scopes:    []string{"email", "profile", "openid"},
			PKCE:      true,
			LoginHint: true,
			Params: Query{
				{"display", o.Display}, {"hd", o.HD}, {"access_type", o.AccessType},
				{"include_granted_scopes", includeGranted},
			},
		},
		Token: Token{URL: "https://oauth2.googleapis.com/token", NeedsSecret: true},
		UserInfo: func(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
			claims, err := g.Claims(new(json.RawMessage))
			if err != nil {
				return nil, err
			}
			if err := o.checkDomain(claims); err != nil {
				return nil, err
			}
			return Claimed[googleProfile]()(ctx, g)
		},
		IDToken: &IDToken{
			JWKS:    "https://www.googleapis.com/oauth2/v3/certs",
			Issuers: []string{"https://accounts.google.com", "accounts.google.com"},
			MaxAge:  time.Hour,
			Check:   o.checkDomain,
		},
	}, o.Options, f)
}

// checkDomain refuses people who are not of the configured Workspace domain.
func (o GoogleOptions) checkDomain(claims json.RawMessage) error {
	if o.HD == "" {
		return nil
	}
	var token struct {
		HD string `json:"hd"`
	}
	if err := json.Unmarshal(claims, &token); err != nil {
		return err
	}
	if token.HD == "" || o.HD != "*" && token.HD != o.HD {
		return errors.New("the user is not of the configured hosted domain")
	}
	return nil
}

type googleProfile struct {
	Sub           Text   `json:"sub"`
	Name          string `json:"name"`
	Email         string `json:"email"`
	EmailVerified Flag   `json:"email_verified"`
	Picture       string `json:"picture"`
}

func (p googleProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID:     string(p.Sub),
		Name:          p.Name,
		Email:         p.Email,
		EmailVerified: bool(p.EmailVerified),
		Image:         Image(p.Picture),
	}, nil
}
