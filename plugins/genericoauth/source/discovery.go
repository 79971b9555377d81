package genericoauth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

const (
	// discoveryTimeout bounds how long a sign-in waits for the document.
	discoveryTimeout = 5 * time.Second
	// discoveryPause is how long a provider that did not answer is left alone.
	discoveryPause = 10 * time.Second
)

// document is the part of an OpenID configuration that is read here (OpenID Connect Discovery 1.0 §3).
type document struct {
	Issuer                string   `json:"issuer"`
	AuthorizationEndpoint string   `json:"authorization_endpoint"`
	TokenEndpoint         string   `json:"token_endpoint"`
	UserInfoEndpoint      string   `json:"userinfo_endpoint"`
	EndSessionEndpoint    string   `json:"end_session_endpoint"`
	JWKS                  string   `json:"jwks_uri"`
	Algorithms            []string `json:"id_token_signing_alg_values_supported"`
}

// openID reports whether the provider speaks OpenID Connect, by Better Auth's measure.
func (d document) openID() bool { return len(d.Algorithms) > 0 }

// verifiable reports whether ID tokens can be verified.
func (d document) verifiable() bool { return d.JWKS != "" && d.Issuer != "" }

// signatures are the algorithms whose keys can be public. A document that lists others, such as none
// or HS256, must not weaken the check.
func (d document) signatures() []string {
	return slices.DeleteFunc(slices.Clone(d.Algorithms), func(algorithm string) bool {
		return !slices.Contains([]string{"RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA"}, algorithm)
	})
}

// lazy is a provider whose document is read when the provider is first needed: the server starts without
// the network, and a provider that was down is there as soon as it answers.
type lazy struct {
	setup *setup

	mu    sync.Mutex
	found core.Provider
	again time.Time // not before
}

func newLazy(s *setup) *lazy { return &lazy{setup: s} }

// find returns the provider, or nil while it cannot be used.
func (l *lazy) find() core.Provider {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.found != nil || time.Now().Before(l.again) {
		return l.found
	}
	ctx, cancel := context.WithTimeout(context.Background(), discoveryTimeout)
	defer cancel()
	d, err := l.setup.discover(ctx)
	if err != nil {
		l.again = time.Now().Add(discoveryPause)
		l.setup.auth.Log().Error("social provider cannot be used now", "provider", l.setup.options.ProviderID, "error", err)
		return nil
	}
	l.found = l.setup.provider(d)
	return l.found
}

// discover reads the document and checks that it says enough. Without an answer the configured endpoints
// must do.
func (s *setup) discover(ctx context.Context) (document, error) {
	var d document
	_, err := social.NewClient(s.funcs.Transport).Fetch(ctx, social.Request{URL: s.options.DiscoveryURL, Header: s.options.DiscoveryHeaders}, &d)
	if err == nil {
		err = d.absolute(s.options.DiscoveryURL)
	}
	if err != nil {
		d = document{}
	}
	o := s.options
	switch {
	case cmp.Or(o.AuthorizationURL, d.AuthorizationEndpoint) == "":
		return d, cmp.Or(err, errors.New("discovery: no authorization_endpoint"))
	case cmp.Or(o.TokenURL, d.TokenEndpoint) == "" && s.funcs.GetToken == nil:
		return d, cmp.Or(err, errors.New("discovery: no token_endpoint"))
	case o.RequireIDTokenVerification && !d.verifiable():
		return d, cmp.Or(err, errors.New("discovery: ID tokens cannot be verified without issuer and jwks_uri"))
	}
	return d, nil
}

// absolute checks the issuer and makes the address of the keys absolute.
func (d *document) absolute(base string) error {
	if issuer, err := url.Parse(d.Issuer); d.Issuer != "" && (err != nil || issuer.Scheme == "") {
		return fmt.Errorf("discovery: issuer %q is not a URL", d.Issuer)
	}
	if d.JWKS == "" {
		return nil
	}
	of, err := url.Parse(base)
	if err != nil {
		return fmt.Errorf("discovery: %w", err)
	}
	keys, err := of.Parse(d.JWKS)
	if err != nil {
		return fmt.Errorf("discovery: jwks_uri: %w", err)
	}
	d.JWKS = keys.String()
	return nil
}
