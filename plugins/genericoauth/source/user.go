package genericoauth

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

var (
	errNoIDToken    = errors.New("the provider sent no ID token to verify")
	errNoUserInfo   = errors.New("no ID token says who signed in, and userInfoUrl is not set")
	errNoProfile    = errors.New("GetUserInfo returned no profile")
	errOtherSubject = errors.New("the user info is about somebody else than the ID token")
)

// userInfo reads who signed in.
func (p *provider) userInfo(ctx context.Context, g *social.Grant) (*core.ProviderProfile, error) {
	if err := p.verify(ctx, g); err != nil {
		return nil, err
	}
	profile, err := p.read(ctx, g)
	if err != nil {
		return nil, err
	}
	if profile == nil {
		return nil, errNoProfile
	}
	if p.funcs.AccountSubject != nil {
		profile.AccountID, err = p.funcs.AccountSubject(ctx, g.OAuthTokens, profile)
	}
	return profile, err
}

// verify checks the ID token, as far as that can be done.
func (p *provider) verify(ctx context.Context, g *social.Grant) error {
	switch {
	case g.IDToken == "" && p.options.RequireIDTokenVerification:
		return errNoIDToken
	case g.IDToken == "" || p.verifier == nil:
		return nil
	}
	return p.verifier.VerifyIDToken(ctx, g.IDToken, "") // core has checked the nonce
}

func (p *provider) read(ctx context.Context, g *social.Grant) (*core.ProviderProfile, error) {
	switch {
	case p.funcs.GetUserInfo != nil:
		return p.funcs.GetUserInfo(ctx, g.OAuthTokens)
	case p.preset != nil:
		return p.preset(ctx, g)
	}
	return p.standard(ctx, g)
}

// profile holds the claims of OpenID Connect Core 1.0 §5.1 that are used here, and the id of providers
// that speak OAuth only.
type profile struct {
	Subject       social.Text `json:"sub"`
	ID            social.Text `json:"id"`
	Name          social.Text `json:"name"`
	Email         social.Text `json:"email"`
	EmailVerified social.Flag `json:"email_verified"`
	Picture       social.Text `json:"picture"`
}

// standard takes the ID token when it tells an address, and asks the user info endpoint otherwise.
func (p *provider) standard(ctx context.Context, g *social.Grant) (*core.ProviderProfile, error) {
	var claims, asked profile
	data, err := g.Claims(&claims)
	if err == nil && claims.Subject != "" && claims.Email != "" {
		if claims.ID == "" {
			claims.ID = claims.Subject
		}
		data, err = claimed(data)
		return p.person(claims, data), err
	}
	if p.endpoint.userInfo == "" {
		return nil, errNoUserInfo
	}
	data, err = g.Fetch(ctx, social.Request{URL: p.endpoint.userInfo}, &asked)
	if err != nil {
		return nil, err
	}
	if claims.Subject != "" && asked.Subject != "" && claims.Subject != asked.Subject {
		return nil, errOtherSubject // OpenID Connect Core 1.0 §5.3.2
	}
	data, err = answered(data)
	return p.person(asked, data), err
}

// claimed adds to claims, for /account-info, what Better Auth calls them, unless there is something of that name.
func claimed(claims json.RawMessage) (json.RawMessage, error) {
	return rename(claims, func(members map[string]json.RawMessage) {
		for name, claim := range map[string]string{"id": "sub", "emailVerified": "email_verified", "image": "picture"} {
			if value, ok := members[claim]; ok && members[name] == nil {
				members[name] = value
			}
		}
	})
}

// answered does so for the answer of a user info endpoint, where Better Auth's names win.
func answered(answer json.RawMessage) (json.RawMessage, error) {
	return rename(answer, func(members map[string]json.RawMessage) {
		delete(members, "image")
		if picture, ok := members["picture"]; ok {
			members["image"] = picture
		}
		if members["emailVerified"] = members["email_verified"]; members["emailVerified"] == nil {
			members["emailVerified"] = json.RawMessage("false")
		}
	})
}

func rename(object json.RawMessage, change func(members map[string]json.RawMessage)) (json.RawMessage, error) {
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(object, &members); err != nil {
		return nil, err
	}
	change(members)
	return json.Marshal(members)
}

func (p *provider) person(of profile, data json.RawMessage) *core.ProviderProfile {
	id := of.ID
	if p.document.openID() {
		id = of.Subject
	}
	return &core.ProviderProfile{
		AccountID: string(id), Name: string(of.Name), Email: string(of.Email), EmailVerified: bool(of.EmailVerified),
		Image: social.Image(string(of.Picture)), Data: data,
	}
}
