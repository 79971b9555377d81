package genericoauth

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// Funcs are the parts of the providers that only the application can know, by providerId.
type Funcs map[string]ProviderFuncs

// ProviderFuncs are the parts of one provider that only the application can know. Every member may be nil.
type ProviderFuncs struct {
	// Funcs are those every social provider has. A profile GetUserInfo returns goes through
	// MapProfileToUser, too.
	social.Funcs
	// GetToken takes the place of trading a code at the token endpoint.
	GetToken func(ctx context.Context, r core.CodeExchange) (*core.OAuthTokens, error)
	// AccountSubject names the person for good: with the provider's id it is the key of the account, so it
	// must be neither an address nor anything else that changes hands. Nil: sub with OpenID Connect, else id.
	AccountSubject func(ctx context.Context, tokens *core.OAuthTokens, profile *core.ProviderProfile) (string, error)
	// RefreshTokenParams are posted when a token is refreshed, in place of the option of that name.
	RefreshTokenParams func(ctx context.Context) (map[string]string, error)
}
