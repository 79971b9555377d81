// Package social signs users in with accounts they have elsewhere. A file of this package is a provider
// as Better Auth 1.7.5 knows it: its options, its endpoints as data, and what becomes of its profiles.
// golang.org/x/oauth2 talks to token endpoints, github.com/coreos/go-oidc verifies ID tokens.
//
// A provider of your own is a Spec, too: see New.
package social

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Spec is what there is to know about a provider.
type Spec struct {
	// ID is Better Auth's name of the provider, such as "google".
	ID            string
	Authorization Authorization
	Token         Token
	// UserInfo reads who signed in.
	UserInfo UserInfo
	// NeedsEmail refuses profiles that have no address even after MapProfileToUser.
	NeedsEmail bool
	// IDToken says how ID tokens that clients send are verified. Nil: they are not accepted.
	IDToken *IDToken
	// Invalid is what is wrong with the provider's options. Nothing works until it is nil.
	Invalid error
	// Issuer, UseNonce and AllowIDPInitiated are rules of callbacks, see core.ProviderRules.
	Issuer            string
	UseNonce          bool
	AllowIDPInitiated bool
}

// Errors of providers whose options lack something.
var (
	ErrNoClientID     = errors.New("clientId is not set")
	ErrNoClientSecret = errors.New("clientSecret is not set")
	errTwoSecrets     = errors.New("a client assertion takes the place of clientSecret; set one of them")
)

// provider makes a core.Provider of a Spec.
type provider struct {
	spec    Spec
	options Options
	funcs   Funcs
	client  *Client
}

// New returns the provider s describes. It implements core.RefreshingProvider and core.IDTokenProvider
// only if it can do what they are for.
func New(s Spec, o Options, f Funcs) core.Provider {
	p := &provider{spec: s, options: o, funcs: f, client: NewClient(f.Transport)}
	r, v := refresher{p}, newVerifier(p)
	switch refreshes := !s.Token.NoRefresh; {
	case refreshes && v != nil:
		return struct {
			*provider
			refresher
			*verifier
		}{p, r, v}
	case refreshes:
		return struct {
			*provider
			refresher
		}{p, r}
	case v != nil:
		return struct {
			*provider
			*verifier
		}{p, v}
	}
	return p
}

func (p *provider) ID() string { return p.spec.ID }

func (p *provider) Rules() core.ProviderRules {
	return core.ProviderRules{
		DisableSignUp:            p.options.DisableSignUp,
		DisableImplicitSignUp:    p.options.DisableImplicitSignUp,
		DisableIDTokenSignIn:     p.options.DisableIDTokenSignIn,
		OverrideUserInfoOnSignIn: p.options.OverrideUserInfoOnSignIn,
		RequireEmailVerification: p.options.RequireEmailVerification,
		Issuer:                   p.spec.Issuer,
		UseNonce:                 p.spec.UseNonce,
		AllowIDPInitiated:        p.spec.AllowIDPInitiated,
	}
}

// Validate reports options with which the provider cannot work.
func (p *provider) Validate() error {
	switch {
	case p.spec.Invalid != nil:
		return p.wrap(p.spec.Invalid)
	case p.funcs.ClientAssertion != nil && p.options.ClientSecret != "":
		return p.wrap(errTwoSecrets)
	}
	return nil
}

// Ready reports what is missing to begin a sign-in. ID tokens need less.
func (p *provider) Ready() error {
	switch {
	case p.options.ClientID() == "" && p.spec.Token.Auth != AuthParams:
		return p.wrap(ErrNoClientID)
	case p.spec.Token.NeedsSecret && !p.hasSecret():
		return p.wrap(ErrNoClientSecret)
	}
	return p.Validate()
}

// hasSecret reports whether there is something to prove with who we are.
func (p *provider) hasSecret() bool {
	return p.options.ClientSecret != "" || p.spec.Token.Secret != nil || p.funcs.ClientAssertion != nil
}

func (p *provider) UserInfo(ctx context.Context, tokens *core.OAuthTokens, form json.RawMessage) (*core.ProviderProfile, error) {
	if p.funcs.GetUserInfo != nil {
		return p.funcs.GetUserInfo(ctx, tokens)
	}
	profile, err := p.spec.UserInfo(ctx, &Grant{OAuthTokens: tokens, Form: form, client: p.client})
	if err != nil {
		return nil, p.wrap(err)
	}
	if err := p.mapProfile(ctx, profile); err != nil {
		return nil, p.wrap(err)
	}
	return profile, nil
}

// mapProfile lets the application change what is stored about a person, but not who it is.
func (p *provider) mapProfile(ctx context.Context, profile *core.ProviderProfile) error {
	if profile.AccountID == "" {
		return errors.New("the profile does not identify anybody")
	}
	if p.funcs.MapProfileToUser != nil {
		id := profile.AccountID
		if profile.Fields == nil {
			profile.Fields = map[string]json.RawMessage{} // which the function may add to
		}
		if err := p.funcs.MapProfileToUser(ctx, profile); err != nil {
			return fmt.Errorf("map profile: %w", err)
		}
		profile.AccountID = id
	}
	if p.spec.NeedsEmail && profile.Email == "" {
		return errors.New("the profile has no e-mail address")
	}
	return nil
}

// wrap says which provider an error is about.
func (p *provider) wrap(err error) error { return fmt.Errorf("%s: %w", p.spec.ID, err) }
