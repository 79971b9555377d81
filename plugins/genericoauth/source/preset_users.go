package genericoauth

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/url"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// slackProfile is what openid.connect.userInfo answers.
type slackProfile struct {
	Sub           social.Text
	Name, Email   string
	Picture       string
	Image         string      `json:"https://slack.com/user_image_512"`
	EmailVerified social.Flag `json:"email_verified"`
}

// User implements social.Profile.
func (p slackProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{
		AccountID: string(p.Sub), Name: p.Name, Email: p.Email, EmailVerified: bool(p.EmailVerified),
		Image: social.Image(cmp.Or(p.Picture, p.Image)),
	}, nil
}

// lineProfile is the ID token of LINE, which never vouches for an address.
type lineProfile struct {
	Sub                  social.Text
	Name, Email, Picture string
}

// User implements social.Profile.
func (p lineProfile) User() (*core.ProviderProfile, error) {
	return &core.ProviderProfile{AccountID: string(p.Sub), Name: p.Name, Email: p.Email, Image: social.Image(p.Picture)}, nil
}

// gumroadProfile is the answer of /v2/user.
type gumroadProfile struct {
	Success bool
	Of      struct {
		ID          social.Text `json:"user_id"`
		Name, Email string
		ProfileURL  string `json:"profile_url"`
	} `json:"user"`
}

// User implements social.Profile.
func (p gumroadProfile) User() (*core.ProviderProfile, error) {
	if !p.Success {
		return nil, errors.New("the provider did not tell who the user is")
	}
	return &core.ProviderProfile{
		AccountID: string(p.Of.ID), Name: p.Of.Name, Email: p.Of.Email, Image: social.Image(p.Of.ProfileURL),
	}, nil
}

// hubspotUser asks HubSpot about the access token, which is part of the path.
func hubspotUser(ctx context.Context, g *social.Grant) (*core.ProviderProfile, error) {
	var p struct {
		UserID social.Text `json:"user_id"`
		Signed struct {
			UserID social.Text `json:"userId"`
		} `json:"signed_access_token"`
		User string
	}
	data, err := g.Client().Fetch(ctx, social.Request{
		URL: "https://api.hubapi.com/oauth/v1/access-tokens/" + url.PathEscape(g.AccessToken),
	}, &p)
	if err != nil {
		return nil, errors.New("the provider did not tell who the access token is for") // err names the token
	}
	return &core.ProviderProfile{AccountID: string(cmp.Or(p.UserID, p.Signed.UserID)), Name: p.User, Email: p.User, Data: data}, nil
}

// patreonProfile is the answer of /api/oauth2/v2/identity.
type patreonProfile struct {
	Data struct {
		ID         social.Text
		Attributes struct {
			Email         string
			FullName      string      `json:"full_name"`
			ImageURL      string      `json:"image_url"`
			EmailVerified social.Flag `json:"is_email_verified"`
		}
	}
}

// User implements social.Profile.
func (p patreonProfile) User() (*core.ProviderProfile, error) {
	of := p.Data.Attributes
	return &core.ProviderProfile{
		AccountID: string(p.Data.ID), Name: of.FullName, Email: of.Email, EmailVerified: bool(of.EmailVerified), Image: social.Image(of.ImageURL),
	}, nil
}

// yandexUser asks Yandex, which has a name of its own for access tokens in headers.
func yandexUser(ctx context.Context, g *social.Grant) (*core.ProviderProfile, error) {
	var p struct {
		ID           social.Text
		Login        string
		DisplayName  string   `json:"display_name"`
		RealName     string   `json:"real_name"`
		FirstName    string   `json:"first_name"`
		DefaultEmail string   `json:"default_email"`
		Emails       []string `json:"emails"`
		AvatarID     string   `json:"default_avatar_id"`
		NoAvatar     bool     `json:"is_avatar_empty"`
	}
	data, err := g.Client().Fetch(ctx, social.Request{
		URL: "https://login.yandex.ru/info?format=json", Header: map[string]string{"Authorization": "OAuth " + g.AccessToken},
	}, &p)
	if err != nil {
		return nil, err
	}
	u := &core.ProviderProfile{
		AccountID: string(p.ID), Name: cmp.Or(p.DisplayName, p.RealName, p.FirstName, p.Login), Email: p.DefaultEmail, Data: data,
	}
	if u.Email == "" && len(p.Emails) > 0 {
		u.Email = p.Emails[0]
	}
	if p.AvatarID != "" && !p.NoAvatar {
		u.Image = social.Image("https://avatars.yandex.net/get-yapic/" + p.AvatarID + "/islands-200")
	}
	return u, nil
}

// entraProfile is an ID token of Microsoft Entra ID, or its answer about the owner of an access token.
type entraProfile struct {
	OID, Sub       string
	Name           string
	GivenName      string `json:"given_name"`
	FamilyName     string `json:"family_name"`
	Email, Picture string
	EmailVerified  *social.Flag `json:"email_verified"`
}

// entraUser reads the ID token, and what it leaves open asks Microsoft Graph. People are named by oid: it is
// the same in every application of the tenant, which sub is not.
func entraUser(ctx context.Context, g *social.Grant) (*core.ProviderProfile, error) {
	var p, more entraProfile
	data, err := g.Claims(&p)
	if err != nil {
		return nil, err
	}
	if p.OID == "" {
		return nil, errors.New("the ID token has no oid")
	}
	if _, err := g.Fetch(ctx, social.Request{URL: "https://graph.microsoft.com/oidc/userinfo"}, &more); err != nil || more.Sub != p.Sub {
		more = entraProfile{} // the token alone says enough
	}
	return p.user(more, data)
}

func (p entraProfile) user(more entraProfile, data json.RawMessage) (*core.ProviderProfile, error) {
	u := &core.ProviderProfile{
		AccountID: p.OID, Name: cmp.Or(p.fullName(), more.fullName()), Email: cmp.Or(p.Email, more.Email),
		Image: social.Image(cmp.Or(p.Picture, more.Picture)), Data: data,
	}
	if u.Email == "" {
		var err error
		u.Email, err = social.PlaceholderEmail(p.OID, "microsoft-entra-id")
		return u, err
	}
	if verified := cmp.Or(p.EmailVerified, more.EmailVerified); verified != nil {
		u.EmailVerified = bool(*verified)
	}
	return u, nil
}

func (p entraProfile) fullName() string {
	return cmp.Or(p.Name, social.FullName(p.GivenName, p.FamilyName))
}
