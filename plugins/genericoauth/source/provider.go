package genericoauth

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// setup is what a provider is made of.
type setup struct {
	auth    *core.Auth
	options ProviderOptions // with the preset's
	funcs   ProviderFuncs
	preset  social.UserInfo // nil: profiles are read in the standard's way
}

// provider is a configured provider.
type provider struct {
	core.RefreshingProvider // what package social makes of it
	*setup
	document document
	endpoint struct{ authorization, token, userInfo, endSession string }
	verifier idTokens // nil: ID tokens cannot be verified
}

// idTokens is the part of core.IDTokenProvider that verifies.
type idTokens interface {
	VerifyIDToken(ctx context.Context, token, nonce string) error
}

// verifying is a provider that takes ID tokens from clients.
type verifying struct {
	*provider
	idTokens
}

var (
	_ core.ReturningProvider  = (*provider)(nil)
	_ core.RefreshingProvider = (*provider)(nil)
	_ core.IDTokenProvider    = verifying{}
)

// provider makes the provider of what was configured and what was discovered.
func (s *setup) provider(d document) core.Provider {
	p := &provider{setup: s, document: d}
	p.endpoint.authorization = cmp.Or(s.options.AuthorizationURL, d.AuthorizationEndpoint)
	p.endpoint.token = cmp.Or(s.options.TokenURL, d.TokenEndpoint)
	p.endpoint.userInfo = cmp.Or(s.options.UserInfoURL, d.UserInfoEndpoint)
	p.endpoint.endSession = cmp.Or(s.options.EndSessionEndpoint, d.EndSessionEndpoint)
	p.RefreshingProvider = p.made(p.spec())
	if v, ok := p.RefreshingProvider.(idTokens); ok {
		p.verifier = v
		return verifying{p, v}
	}
	return p
}

// made is what package social makes of a spec. There are refresh tokens in each.
func (p *provider) made(spec social.Spec) core.RefreshingProvider {
	funcs := p.funcs.Funcs
	funcs.GetUserInfo = nil // userInfo calls it
	return social.New(spec, p.common(), funcs).(core.RefreshingProvider)
}

// common returns the options every social provider has.
func (s *setup) common() social.Options {
	o := s.options
	return social.Options{
		ClientIDs: []string{o.ClientID}, ClientSecret: o.ClientSecret, RedirectURI: o.RedirectURI,
		ResponseMode: o.ResponseMode, Prompt: o.Prompt,
		DisableSignUp: o.DisableSignUp, DisableImplicitSignUp: o.DisableImplicitSignUp,
		OverrideUserInfoOnSignIn: o.OverrideUserInfo, RequireEmailVerification: o.RequireEmailVerification,
	}
}

// spec describes the provider to package social.
func (p *provider) spec() social.Spec {
	o := p.options
	spec := social.Spec{
		ID: o.ProviderID,
		Authorization: social.Authorization{
			URL: p.endpoint.authorization, PKCE: o.pkce(), LoginHint: true, ResponseType: o.ResponseType,
			Params: append(social.Query{{Name: "access_type", Value: o.AccessType}}, query(o.AuthorizationURLParams)...),
		},
		Token: social.Token{
			URL: p.endpoint.token, Auth: o.clientAuth(), Header: o.AuthorizationHeaders,
			Params:        func(core.CodeExchange) social.Query { return query(o.TokenURLParams) },
			RefreshParams: query(o.RefreshTokenParams),
		},
		UserInfo:          p.userInfo,
		Issuer:            p.document.Issuer,
		AllowIDPInitiated: o.AllowIDPInitiated,
	}
	if p.document.verifiable() {
		spec.UseNonce = !o.DisableIDTokenNonceBinding
		spec.IDToken = &social.IDToken{
			JWKS: p.document.JWKS, Issuers: []string{p.document.Issuer}, Algorithms: p.document.signatures(),
		}
	}
	if own := p.funcs.GetToken; own != nil {
		spec.Token.Exchange = func(ctx context.Context, _ *social.Client, r core.CodeExchange) (*core.OAuthTokens, error) {
			return own(ctx, r)
		}
	}
	return spec
}

// clientAuth is how the token endpoint learns who is asking.
func (o ProviderOptions) clientAuth() social.ClientAuth {
	if cmp.Or(o.TokenEndpointAuth.Method, o.Authentication) == "client_secret_basic" || o.TokenEndpointAuth.Method == "" && o.Authentication == "basic" {
		return social.AuthBasic
	}
	return social.AuthPost
}

// query returns parameters in the order of their names.
func query(params map[string]string) social.Query {
	var q social.Query
	for _, name := range slices.Sorted(maps.Keys(params)) {
		q.Set(social.Param{Name: name, Value: params[name]})
	}
	return q
}

// AuthorizationURL implements core.Provider. Scopes a client asks for come before the configured ones.
func (p *provider) AuthorizationURL(ctx context.Context, r core.AuthorizationRequest) (string, error) {
	if p.endpoint.authorization == "" {
		return "", ErrInvalidConfiguration
	}
	r.Scopes = slices.Concat(r.Scopes, p.options.Scopes)
	if p.document.openID() && !slices.Contains(r.Scopes, "openid") {
		r.Scopes = slices.Insert(r.Scopes, 0, "openid")
	}
	return p.RefreshingProvider.AuthorizationURL(ctx, r)
}

// Exchange implements core.Provider.
func (p *provider) Exchange(ctx context.Context, r core.CodeExchange) (*core.OAuthTokens, error) {
	if p.endpoint.token == "" && p.funcs.GetToken == nil {
		return nil, ErrTokenURLNotFound
	}
	return p.expiring(p.RefreshingProvider.Exchange(ctx, r))
}

// Refresh implements core.RefreshingProvider.
func (p *provider) Refresh(ctx context.Context, refreshToken string) (*core.OAuthTokens, error) {
	if p.endpoint.token == "" && p.funcs.RefreshAccessToken == nil {
		return nil, ErrTokenURLNotFound
	}
	if p.funcs.RefreshTokenParams == nil {
		return p.expiring(p.RefreshingProvider.Refresh(ctx, refreshToken))
	}
	params, err := p.funcs.RefreshTokenParams(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: refresh token parameters: %w", p.ID(), err)
	}
	spec := p.spec()
	spec.Token.RefreshParams = query(params)
	return p.expiring(p.made(spec).Refresh(ctx, refreshToken))
}

// expiring gives tokens without a lifetime the configured one.
func (p *provider) expiring(tokens *core.OAuthTokens, err error) (*core.OAuthTokens, error) {
	if lifetime := p.options.AccessTokenExpiresIn; err == nil && tokens != nil && tokens.AccessTokenExpiresAt == nil && lifetime > 0 {
		at := time.Now().Add(time.Duration(lifetime) * time.Second)
		tokens.AccessTokenExpiresAt = &at
	}
	return tokens, err
}
