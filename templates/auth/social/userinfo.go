package social

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// UserInfo reads who signed in.
type UserInfo func(context.Context, *Grant) (*core.ProviderProfile, error)

// Grant is what a user granted: tokens, and the means to ask with them.
type Grant struct {
	*core.OAuthTokens
	// Form is the JSON of the callback's field "user"; nil without.
	Form   json.RawMessage
	client *Client
}

// Profile is the part of a provider's JSON that is read here. User says what becomes of it; its Data may
// stay nil for the whole JSON.
type Profile interface {
	User() (*core.ProviderProfile, error)
}

var (
	errNoAccessToken = errors.New("the provider sent no access token")
	errNoIDToken     = errors.New("the provider sent no ID token")
)

// Fetched reads profiles with a request, which carries the access token.
func Fetched[P Profile](r Request) UserInfo {
	return func(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
		var p P
		data, err := g.Fetch(ctx, r, &p)
		if err != nil {
			return nil, err
		}
		return user(p, data)
	}
}

// Claimed reads profiles from ID tokens.
func Claimed[P Profile]() UserInfo {
	return func(_ context.Context, g *Grant) (*core.ProviderProfile, error) {
		var p P
		data, err := g.Claims(&p)
		if err != nil {
			return nil, err
		}
		return user(p, data)
	}
}

// ClaimedOrFetched reads profiles from ID tokens, and with a request where there is none.
func ClaimedOrFetched[P Profile](r Request) UserInfo {
	claimed, fetched := Claimed[P](), Fetched[P](r)
	return func(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
		if g.IDToken != "" {
			return claimed(ctx, g)
		}
		return fetched(ctx, g)
	}
}

func user(p Profile, data json.RawMessage) (*core.ProviderProfile, error) {
	u, err := p.User()
	if err != nil {
		return nil, err
	}
	if u.Data == nil {
		u.Data = data
	}
	return u, nil
}

// Fetch sends a request with the access token, see Client.Fetch.
func (g *Grant) Fetch(ctx context.Context, r Request, into any) (json.RawMessage, error) {
	if g.AccessToken == "" {
		return nil, errNoAccessToken
	}
	r.Bearer = g.AccessToken
	return g.client.Fetch(ctx, r, into)
}

// Client calls the provider without the access token.
func (g *Grant) Client() *Client { return g.client }

// Claims decodes what the ID token says and returns it as JSON. Signatures are not its business: the
// token came from the token endpoint (OpenID Connect Core §3.1.3.7), or VerifyIDToken has seen it.
func (g *Grant) Claims(into any) (json.RawMessage, error) {
	if g.IDToken == "" {
		return nil, errNoIDToken
	}
	parts := strings.Split(g.IDToken, ".")
	if len(parts) != 3 {
		return nil, errors.New("the ID token is not a JWT")
	}
	claims, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err == nil {
		err = json.Unmarshal(claims, into)
	}
	if err != nil {
		return nil, fmt.Errorf("ID token: %w", err)
	}
	return claims, nil
}
