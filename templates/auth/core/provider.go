package core

import (
	"context"
	"encoding/json"
	"time"
)

// A Provider signs users in elsewhere, with OAuth 2 or OpenID Connect. Its callback is at
// /callback/{ID}. What it can do besides is in RefreshingProvider, IDTokenProvider and
// LogoutProvider. Its errors are logged, so they must not hold codes, tokens or secrets.
type Provider interface {
	// ID is Better Auth's name of the provider, such as "google", and the providerId of its accounts.
	ID() string
	// Rules are what sign-in through the provider may do.
	Rules() ProviderRules
	// AuthorizationURL is the page of the provider the browser is sent to.
	AuthorizationURL(ctx context.Context, r AuthorizationRequest) (string, error)
	// Exchange trades the code of a callback for tokens.
	Exchange(ctx context.Context, r CodeExchange) (*OAuthTokens, error)
	// UserInfo says who the tokens belong to. form is the JSON of the callback's field "user", which
	// Apple posts at the first consent; nil without.
	UserInfo(ctx context.Context, tokens *OAuthTokens, form json.RawMessage) (*ProviderProfile, error)
}

// A RefreshingProvider trades a refresh token for new tokens (RFC 6749 §6).
type RefreshingProvider interface {
	Provider
	Refresh(ctx context.Context, refreshToken string) (*OAuthTokens, error)
}

// An IDTokenProvider takes ID tokens a client got from the provider by itself.
type IDTokenProvider interface {
	Provider
	// VerifyIDToken checks signature, issuer, audience, lifetime and, unless it is empty, the nonce.
	VerifyIDToken(ctx context.Context, token, nonce string) error
}

// A LogoutProvider ends its own session, too (OpenID Connect RP-Initiated Logout 1.0).
type LogoutProvider interface {
	Provider
	// LogoutURL is the page to visit after the sign-out that call is; "" for none. idToken may be empty.
	LogoutURL(ctx context.Context, call *Call, idToken, state string) (string, error)
}

// A ReturningProvider sends the browser back to a page of the application after that.
type ReturningProvider interface {
	LogoutProvider
	// ReturningLogoutURL is LogoutURL with the page to come back to, an absolute URL.
	ReturningLogoutURL(ctx context.Context, call *Call, idToken, state, returnTo string) (string, error)
}

// ProviderRules are what sign-in through a provider may do.
type ProviderRules struct {
	// DisableSignUp refuses people without an account.
	DisableSignUp bool
	// DisableImplicitSignUp refuses them, unless the client asks for a sign-up with requestSignUp.
	DisableImplicitSignUp bool
	// DisableIDTokenSignIn refuses ID tokens sent by clients.
	DisableIDTokenSignIn bool
	// OverrideUserInfoOnSignIn copies the profile to the user at every sign-in.
	OverrideUserInfoOnSignIn bool
	// RequireEmailVerification refuses a session while the provider does not vouch for the address.
	RequireEmailVerification bool
	// Issuer is what the parameter "iss" of a callback must be (RFC 9207). Empty: not checked.
	Issuer string
	// UseNonce binds the ID token to the browser with a nonce in the authorization request. The ID token
	// that comes back is then checked with VerifyIDToken and that nonce, before UserInfo is asked.
	UseNonce bool
	// AllowIDPInitiated answers a callback nobody asked for by starting a sign-in of our own.
	AllowIDPInitiated bool
}

// AuthorizationRequest is what goes into an authorization URL.
type AuthorizationRequest struct {
	State string
	// CodeVerifier is the PKCE secret (RFC 7636); the provider sends its S256 challenge if it uses PKCE.
	CodeVerifier string
	// Nonce is set when the provider's rules ask for one.
	Nonce string
	// Scopes are asked for in addition to the configured ones.
	Scopes []string
	// RedirectURI is our callback, unless the provider's options name another.
	RedirectURI string
	LoginHint   string
	// Params are further parameters the client asked for.
	Params map[string]string
}

// CodeExchange is what a code is traded with.
type CodeExchange struct {
	Code         string
	CodeVerifier string
	// RedirectURI is the one of the authorization request.
	RedirectURI string
	// DeviceID is the callback's parameter "device_id", which VK ID wants back.
	DeviceID string
}

// OAuthTokens are what a provider hands out. Members are empty or nil when it does not.
type OAuthTokens struct {
	AccessToken           string
	RefreshToken          string
	IDToken               string
	TokenType             string
	AccessTokenExpiresAt  *time.Time
	RefreshTokenExpiresAt *time.Time
	// Scopes are the ones granted.
	Scopes []string
	// Raw is the whole answer of the token endpoint.
	Raw map[string]any
}

// ProviderProfile is who signed in.
type ProviderProfile struct {
	// AccountID is the provider's stable name of the person, never an address. With the provider's ID it
	// is the key of the account.
	AccountID string
	// Email is empty when the provider did not tell it.
	Email string
	// EmailVerified is true when the provider vouches for the address.
	EmailVerified bool
	Name          string
	// Image is the URL of a picture; nil without one.
	Image *string
	// Fields are values for additional fields of the user, as JSON members.
	Fields map[string]json.RawMessage
	// Data is the profile as the provider sent it.
	Data any
}
