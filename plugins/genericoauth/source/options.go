package genericoauth

import "cmp"

// Options are the settings of the plugin.
type Options struct {
	// Config lists the providers.
	Config []ProviderOptions
}

// ProviderOptions are the settings of one provider. Either DiscoveryURL says where its endpoints are, or
// AuthorizationURL and TokenURL do; what is set here wins over what was discovered.
type ProviderOptions struct {
	// Preset fills in what is known about a provider: auth0 (with domain), keycloak and okta (with issuer),
	// microsoftEntraId (with tenantId), slack, line, gumroad, hubspot, patreon and yandex. What is set besides
	// wins.
	Preset string `enum:"auth0,gumroad,hubspot,keycloak,line,microsoftEntraId,okta,patreon,slack,yandex"`
	// Domain is the tenant of preset auth0, such as shop.eu.auth0.com.
	Domain string
	// Issuer is the realm of preset keycloak, or the authorization server of preset okta.
	Issuer string
	// TenantID is the GUID of the tenant of preset microsoftEntraId.
	TenantID string `name:"tenantId"`

	// ProviderID names the provider in /sign-in/social, in /callback/{providerId} and in accounts. Unset:
	// the preset's name.
	ProviderID string `name:"providerId"`
	// Name is the provider's name for people. Unset: its id.
	Name string

	// DiscoveryURL is the provider's OpenID configuration, a URL that ends in
	// /.well-known/openid-configuration. It is read when the provider is first used.
	DiscoveryURL string `name:"discoveryUrl"`
	// DiscoveryHeaders are sent when it is read.
	DiscoveryHeaders map[string]string
	// AuthorizationURL is the page the browser is sent to.
	AuthorizationURL string `name:"authorizationUrl"`
	// TokenURL is where codes are traded for tokens.
	TokenURL string `name:"tokenUrl"`
	// UserInfoURL answers with the profile of the person a token is for.
	UserInfoURL string `name:"userInfoUrl"`

	// ClientID is the name the provider knows the application by.
	ClientID string `name:"clientId"`
	// ClientSecret goes with it. Public clients have none.
	ClientSecret string
	// TokenEndpointAuth is how the application proves at the token endpoint who it is.
	TokenEndpointAuth TokenEndpointAuthOptions
	// Authentication is an older way to say it: basic or post. Unset: post.
	Authentication string `enum:"basic,post"`

	// Scopes are asked for; with OpenID Connect, openid is added.
	Scopes []string
	// RedirectURI replaces the callback, which is {baseURL}/callback/{providerId}.
	RedirectURI string
	// ResponseType is code when it is unset.
	ResponseType string
	// ResponseMode is how the answer comes back: in the query or as a posted form.
	ResponseMode string `enum:"query,form_post"`
	// Prompt says what the provider should ask the user for, even if it need not.
	Prompt string `enum:"none,login,create,consent,select_account,select_account consent,login consent"`
	// PKCE sends a code challenge (RFC 7636). Unset: true.
	PKCE *bool
	// AccessType is offline where that asks for a refresh token.
	AccessType string
	// AccessTokenExpiresIn is the lifetime in seconds of an access token whose provider does not tell.
	AccessTokenExpiresIn int
	// AuthorizationURLParams are added to the authorization URL.
	AuthorizationURLParams map[string]string `name:"authorizationUrlParams"`
	// TokenURLParams are posted when a code is traded.
	TokenURLParams map[string]string `name:"tokenUrlParams"`
	// RefreshTokenParams are posted when a token is refreshed.
	RefreshTokenParams map[string]string
	// AuthorizationHeaders are sent to the token endpoint.
	AuthorizationHeaders map[string]string

	// DisableSignUp refuses people without an account.
	DisableSignUp bool
	// DisableImplicitSignUp refuses people without an account unless the client sends requestSignUp.
	DisableImplicitSignUp bool
	// OverrideUserInfo copies name, picture and address to the user at every sign-in.
	OverrideUserInfo bool
	// RequireEmailVerification opens no session before the address is verified.
	RequireEmailVerification bool
	// AllowIDPInitiated answers a code nobody asked for by starting a sign-in of our own.
	AllowIDPInitiated bool `name:"allowIdpInitiated"`
	// RequireIDTokenVerification refuses to work with a provider whose ID tokens cannot be verified.
	RequireIDTokenVerification bool `name:"requireIdTokenVerification"`
	// DisableIDTokenNonceBinding asks for no nonce, for providers that do not return it.
	DisableIDTokenNonceBinding bool `name:"disableIdTokenNonceBinding"`

	// EndSessionEndpoint is where the provider's own session ends.
	EndSessionEndpoint string
	// PostLogoutRedirectURI is where the provider sends the browser afterwards.
	PostLogoutRedirectURI string
	// DisableProviderLogout leaves the provider's session alone.
	DisableProviderLogout bool
}

// TokenEndpointAuthOptions choose how the application proves who it is.
type TokenEndpointAuthOptions struct {
	// Method is client_secret_post, client_secret_basic, private_key_jwt, which needs ProviderFuncs.ClientAssertion,
	// or none. Unset: client_secret_post, or none without a secret.
	Method string `enum:"client_secret_post,client_secret_basic,private_key_jwt,none"`
}

// DefaultOptions returns Better Auth's defaults.
func DefaultOptions() Options { return Options{} }

// ID is the provider's id: the configured one, or that of its preset.
func (o ProviderOptions) ID() string { return cmp.Or(o.ProviderID, o.withPreset().ProviderID) }

// pkce reports whether a code challenge is sent.
func (o ProviderOptions) pkce() bool { return o.PKCE == nil || *o.PKCE }
