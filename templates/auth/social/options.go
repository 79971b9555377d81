package social

import (
	"cmp"
	"slices"
)

// Options are the settings all providers have. Names are Better Auth's.
type Options struct {
	// Enabled leaves the provider out when it is false. Unset: true.
	Enabled *bool
	// ClientIDs are the ids the provider knows the application by. The first one signs in; ID tokens may
	// be for any of them.
	ClientIDs []string `name:"clientId" single:"true"`
	// ClientSecret goes with the first client id. Public clients have none.
	ClientSecret string
	// ClientKey is TikTok's name of a client id.
	ClientKey string
	// Scope is asked for in addition to the scopes the provider always asks for.
	Scope []string
	// DisableDefaultScope asks for nothing but Scope.
	DisableDefaultScope bool
	// RedirectURI replaces the callback, which is {baseURL}/callback/{id}.
	RedirectURI string
	// AuthorizationEndpoint replaces the page the browser is sent to, for sandboxes.
	AuthorizationEndpoint string
	// Prompt says what the provider should ask the user for, even if it need not.
	Prompt string `enum:"select_account,consent,login,none,select_account consent"`
	// ResponseMode is how the answer comes back: in the query or as a posted form. Unset: as is usual
	// for the provider.
	ResponseMode string `enum:"query,form_post"`
	// DisableIDTokenSignIn refuses ID tokens that clients got by themselves.
	DisableIDTokenSignIn bool `name:"disableIdTokenSignIn"`
	// DisableSignUp refuses people without an account.
	DisableSignUp bool
	// DisableImplicitSignUp refuses people without an account unless the client sends requestSignUp.
	DisableImplicitSignUp bool
	// OverrideUserInfoOnSignIn copies name, picture and address to the user at every sign-in.
	OverrideUserInfoOnSignIn bool
	// RequireEmailVerification opens no session before the address is verified. Several providers never
	// say that an address is.
	RequireEmailVerification bool
}

// ClientID is the id that signs in: the first one. Empty without any.
func (o Options) ClientID() string {
	if len(o.ClientIDs) == 0 {
		return ""
	}
	return o.ClientIDs[0]
}

// scopes returns the scopes of a request: the provider's, the configured and the requested ones.
func (o Options) scopes(defaults, requested []string) []string {
	if o.DisableDefaultScope {
		defaults = nil
	}
	return slices.Concat(defaults, o.Scope, requested)
}

// redirectURI returns the configured callback, or else ours.
func (o Options) redirectURI(ours string) string { return cmp.Or(o.RedirectURI, ours) }
