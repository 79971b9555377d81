package social

import (
	"context"
	"net/http"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Funcs are the options of a provider that are Go. Every member may be nil.
type Funcs struct {
	// MapProfileToUser changes what is stored about a person: name, address, picture, additional fields.
	// profile.Data is what the provider sent, as json.RawMessage. AccountID cannot be changed.
	MapProfileToUser func(ctx context.Context, profile *core.ProviderProfile) error
	// GetUserInfo takes the place of asking the provider who signed in.
	GetUserInfo func(ctx context.Context, tokens *core.OAuthTokens) (*core.ProviderProfile, error)
	// VerifyIDToken takes the place of the check of an ID token that a client sent. An error refuses it.
	VerifyIDToken func(ctx context.Context, token, nonce string) error
	// RefreshAccessToken takes the place of the token endpoint when a refresh token is used.
	RefreshAccessToken func(ctx context.Context, refreshToken string) (*core.OAuthTokens, error)
	// ClientAssertion returns a signed token that proves who we are, instead of a client secret
	// (private_key_jwt, RFC 7523 §2.2). tokenEndpoint is its audience.
	ClientAssertion func(ctx context.Context, clientID, tokenEndpoint string) (string, error)
	// Transport carries the calls to the provider, for example through a proxy. Time limits, size
	// limits and the refusal of redirects stay. Nil: http.DefaultTransport.
	Transport http.RoundTripper
}
