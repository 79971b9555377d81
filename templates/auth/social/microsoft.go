package social

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const microsoftID = "microsoft"

// MicrosoftOptions are the settings of sign-in with Microsoft Entra ID. Funcs.ClientAssertion can take
// the place of ClientSecret.
type MicrosoftOptions struct {
	Options
	// TenantID is whose accounts may sign in: a tenant, or common (all), organizations (work and school)
	// or consumers (personal).
	TenantID string `name:"tenantId"`
	// Authority is the server that signs in, such as https://<tenant>.ciamlogin.com.
	Authority string
	// ProfilePhotoSize is the width of the picture in pixels: 48, 64, 96, 120, 240, 360, 432, 504 or 648.
	ProfilePhotoSize int
	// DisableProfilePhoto does not ask for the picture.
	DisableProfilePhoto bool
}

// DefaultMicrosoftOptions returns Better Auth's defaults.
func DefaultMicrosoftOptions() MicrosoftOptions {
	return MicrosoftOptions{
		TenantID: "common", Authority: "https://login.microsoftonline.com", ProfilePhotoSize: 48,
	}
}

// microsoftConsumers is the tenant of all personal accounts.
const microsoftConsumers = "9188040d-6c67-4c5b-b112-36a304b66dad"

// Microsoft is sign-in with Microsoft Entra ID.
func Microsoft(o MicrosoftOptions, f Funcs) core.Provider {
	o = o.complete()
	scopes := []string{"openid", "profile", "email", "User.Read", "offline_access"}
	return New(Spec{
		ID: microsoftID,
		Authorization: Authorization{
			URL:       o.endpoint("oauth2/v2.0/authorize"),
			Scopes:    scopes,
			PKCE:      true,
			LoginHint: true,
		},
		Token: Token{
			URL:           o.endpoint("oauth2/v2.0/token"),
			RefreshParams: Query{{"scope", strings.Join(o.scopes(scopes, nil), " ")}},
		},
		UserInfo: o.user,
		IDToken: &IDToken{
			JWKS:   o.endpoint("discovery/v2.0/keys"),
			MaxAge: time.Hour,
			Check:  o.checkTenant,
		},
	}, o.Options, f)
}

// complete fills in the defaults.
func (o MicrosoftOptions) complete() MicrosoftOptions {
	defaults := DefaultMicrosoftOptions()
	o.TenantID = cmp.Or(o.TenantID, defaults.TenantID)
	o.Authority = strings.TrimRight(cmp.Or(o.Authority, defaults.Authority), "/")
	o.ProfilePhotoSize = cmp.Or(o.ProfilePhotoSize, defaults.ProfilePhotoSize)
	return o
}

func (o MicrosoftOptions) endpoint(path string) string {
	return o.Authority + "/" + o.TenantID + "/" + path
}

// checkTenant binds a token to the tenants that may sign in. The keys of all tenants overlap, so that a
// signature alone does not.
func (o MicrosoftOptions) checkTenant(claims json.RawMessage) error {
	var token struct {
		Issuer string `json:"iss"`
		Tenant string `json:"tid"`
	}
	if err := json.Unmarshal(claims, &token); err != nil {
		return err
	}
	if token.Tenant == "" || token.Issuer != o.Authority+"/"+token.Tenant+"/v2.0" {
		return errIssuer
	}
	personal := token.Tenant == microsoftConsumers
	var allowed bool
	switch o.TenantID {
	case "common":
		allowed = true
	case "organizations":
		allowed = !personal
	case "consumers":
		allowed = personal
	default:
		allowed = token.Tenant == o.TenantID
	}
	if !allowed {
		return errors.New("the token is of a tenant that may not sign in")
	}
	return nil
}

type microsoftProfile struct {
	OID             string   `json:"oid"`
	Name            string   `json:"name"`
	Email           string   `json:"email"`
	EmailVerified   *Flag    `json:"email_verified"`
	PrimaryEmails   []string `json:"verified_primary_email"`
	SecondaryEmails []string `json:"verified_secondary_email"`
	Picture         string   `json:"picture"`
}

func (p microsoftProfile) emailVerified() bool {
	if p.EmailVerified != nil {
		return bool(*p.EmailVerified)
	}
	return p.Email != "" && slices.Contains(slices.Concat(p.PrimaryEmails, p.SecondaryEmails), p.Email)
}

// user reads the ID token. Its oid names a person in all applications of a tenant.
func (o MicrosoftOptions) user(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
	var p microsoftProfile
	data, err := g.Claims(&p)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(p.OID) == "" {
		return nil, errors.New("the ID token has no oid")
	}
	if photo := o.photo(ctx, g); photo != "" {
		p.Picture = photo
		if data, err = With(data, "picture", photo); err != nil {
			return nil, err
		}
	}
	return &core.ProviderProfile{
		AccountID:     p.OID,
		Name:          p.Name,
		Email:         p.Email,
		EmailVerified: p.emailVerified(),
		Image:         Image(p.Picture),
		Data:          data,
	}, nil
}

// photo returns the picture as a data URL, since only the user's token can read it; "" without one.
func (o MicrosoftOptions) photo(ctx context.Context, g *Grant) string {
	if o.DisableProfilePhoto || g.AccessToken == "" {
		return ""
	}
	picture, err := g.Client().Bytes(ctx, Request{
		URL:    fmt.Sprintf("https://graph.microsoft.com/v1.0/me/photos/%[1]dx%[1]d/$value", o.ProfilePhotoSize),
		Header: map[string]string{"Accept": "*/*"},
		Bearer: g.AccessToken,
	})
	if err != nil {
		return ""
	}
	return "data:image/jpeg;base64, " + base64.StdEncoding.EncodeToString(picture)
}
