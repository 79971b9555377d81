package authtest

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// A Provider is a social provider in memory. It is as strict as a real one: codes work once, with the
// verifier of the challenge they were asked for with, and refresh tokens work once.
type Provider struct {
	// Allow is what Rules returns.
	Allow core.ProviderRules
	// Fails is what every call answers, unless it is nil.
	Fails error
	// ExpiresIn is the lifetime of access tokens, by the clock of New.
	ExpiresIn time.Duration

	id  string
	now func() time.Time

	mu       sync.Mutex
	count    int
	requests []core.AuthorizationRequest
	codes    map[string]grant
	access   map[string]core.ProviderProfile
	refresh  map[string]core.ProviderProfile
	idTokens map[string]grant
	forms    []string
}

// grant is what somebody has agreed to.
type grant struct {
	profile core.ProviderProfile
	request core.AuthorizationRequest
}

// NewProvider returns a provider whose access tokens live for an hour.
func NewProvider(id string) *Provider {
	return &Provider{
		id: id, ExpiresIn: time.Hour, now: time.Now,
		codes: map[string]grant{}, idTokens: map[string]grant{},
		access: map[string]core.ProviderProfile{}, refresh: map[string]core.ProviderProfile{},
	}
}

// WithProviders adds social providers.
func WithProviders(providers ...*Provider) Option {
	return func(s *setup) {
		for _, p := range providers {
			p.now = func() time.Time { return s.config.Now() }
			s.config.Providers = append(s.config.Providers, p)
		}
	}
}

// WithPlainProvider adds a provider that can do nothing but sign in.
func WithPlainProvider(p core.Provider) Option {
	return func(s *setup) { s.config.Providers = append(s.config.Providers, struct{ core.Provider }{p}) }
}

// Ada is a person whose address the provider vouches for.
func Ada() core.ProviderProfile {
	return core.ProviderProfile{AccountID: "ada-1815", Email: "ada@example.com", EmailVerified: true, Name: "Ada"}
}

// ID implements core.Provider.
func (p *Provider) ID() string { return p.id }

// Rules implements core.Provider.
func (p *Provider) Rules() core.ProviderRules { return p.Allow }

// AuthorizationURL implements core.Provider.
func (p *Provider) AuthorizationURL(_ context.Context, r core.AuthorizationRequest) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests = append(p.requests, r)
	return "https://" + p.id + ".example/authorize?state=" + url.QueryEscape(r.State), p.Fails
}

// Request returns the authorization request made last.
func (p *Provider) Request() core.AuthorizationRequest {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests[len(p.requests)-1]
}

// Consent is the person agreeing on the page of the provider that was asked for last. It returns the path of
// the callback the browser is sent to.
func (p *Provider) Consent(who core.ProviderProfile) string {
	request := p.Request()
	p.mu.Lock()
	defer p.mu.Unlock()
	code := p.next("code")
	p.codes[code] = grant{complete(who), request}
	return "/callback/" + p.id + "?" + url.Values{"code": {code}, "state": {request.State}}.Encode()
}

// complete gives a profile the configured fields that every user must have.
func complete(who core.ProviderProfile) core.ProviderProfile {
	fields := map[string]json.RawMessage{}
	for name, value := range Required() {
		fields[name], _ = json.Marshal(value) // a sample always has a JSON text
	}
	maps.Copy(fields, who.Fields)
	who.Fields = fields
	return who
}

// Exchange implements core.Provider.
func (p *Provider) Exchange(_ context.Context, r core.CodeExchange) (*core.OAuthTokens, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	g, ok := p.codes[r.Code]
	delete(p.codes, r.Code)
	if !ok || challenge(r.CodeVerifier) != challenge(g.request.CodeVerifier) || r.RedirectURI != g.request.RedirectURI {
		return nil, errors.New("invalid_grant")
	}
	tokens := p.issue(g.profile)
	tokens.IDToken = p.next("id-token")
	p.idTokens[tokens.IDToken] = g
	tokens.Scopes = append([]string{"openid"}, g.request.Scopes...)
	return tokens, p.Fails
}

// challenge is the S256 challenge of RFC 7636.
func challenge(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// issue hands out new tokens.
func (p *Provider) issue(who core.ProviderProfile) *core.OAuthTokens {
	expiresAt := p.now().Add(p.ExpiresIn)
	tokens := &core.OAuthTokens{AccessToken: p.next("access"), RefreshToken: p.next("refresh"), AccessTokenExpiresAt: &expiresAt}
	p.access[tokens.AccessToken], p.refresh[tokens.RefreshToken] = who, who
	return tokens
}

func (p *Provider) next(kind string) string {
	p.count++
	return kind + "-" + p.id + "-" + strconv.Itoa(p.count)
}

// UserInfo implements core.Provider.
func (p *Provider) UserInfo(_ context.Context, tokens *core.OAuthTokens, form json.RawMessage) (*core.ProviderProfile, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forms = append(p.forms, string(form))
	profile, ok := p.access[tokens.AccessToken]
	if g, known := p.idTokens[tokens.IDToken]; known && !ok {
		profile, ok = g.profile, true
	}
	if !ok {
		return nil, errors.New("unknown token")
	}
	profile.Fields = maps.Clone(profile.Fields)
	return &profile, p.Fails
}

// Form returns the JSON the last profile was asked for with.
func (p *Provider) Form() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.forms[len(p.forms)-1]
}

// Refresh implements core.RefreshingProvider. A refresh token that comes a second time is stolen: all tokens
// of its owner are revoked.
func (p *Provider) Refresh(_ context.Context, token string) (*core.OAuthTokens, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	who, ok := p.refresh[token]
	if !ok || p.Fails != nil {
		clear(p.refresh)
		return nil, errors.Join(errors.New("invalid_grant"), p.Fails)
	}
	delete(p.refresh, token)
	return p.issue(who), nil
}

// Refreshable reports whether a refresh token is valid.
func (p *Provider) Refreshable(token string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, ok := p.refresh[token]
	return ok
}

// IDToken returns an ID token of a person, as a client on a phone gets it.
func (p *Provider) IDToken(who core.ProviderProfile, nonce string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	token := p.next("id-token")
	p.idTokens[token] = grant{complete(who), core.AuthorizationRequest{Nonce: nonce}}
	return token
}

// VerifyIDToken implements core.IDTokenProvider.
func (p *Provider) VerifyIDToken(_ context.Context, token, nonce string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	g, ok := p.idTokens[token]
	if !ok || nonce != "" && g.request.Nonce != nonce {
		return errors.New("ID token refused")
	}
	return p.Fails
}

// ForgetNonces makes ID tokens come back without the nonce they were asked for with.
func (p *Provider) ForgetNonces() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for code, g := range p.codes {
		g.request.Nonce = ""
		p.codes[code] = g
	}
}

// LogoutURL implements core.LogoutProvider.
func (p *Provider) LogoutURL(ctx context.Context, call *core.Call, idToken, state string) (string, error) {
	return p.ReturningLogoutURL(ctx, call, idToken, state, "")
}

// ReturningLogoutURL implements core.ReturningProvider.
func (p *Provider) ReturningLogoutURL(_ context.Context, _ *core.Call, idToken, state, returnTo string) (string, error) {
	query := url.Values{"id_token_hint": {idToken}}
	if returnTo != "" {
		query.Set("post_logout_redirect_uri", returnTo)
	}
	if state != "" {
		query.Set("state", state)
	}
	return "https://" + p.id + ".example/logout?" + query.Encode(), p.Fails
}

// SignInWith signs in through a provider and returns the answer to the callback.
func (c *Client) SignInWith(p *Provider, who core.ProviderProfile) *Response {
	c.t.Helper()
	return c.Through(p, who, "/sign-in/social", M{"callbackURL": "/inside", "errorCallbackURL": "/failed"})
}

// Through posts body to an endpoint that sends the browser to a provider, lets somebody agree there and
// returns the answer to the callback.
func (c *Client) Through(p *Provider, who core.ProviderProfile, path string, body M) *Response {
	c.t.Helper()
	c.Begin(p, path, body)
	return c.Get(p.Consent(who))
}

// Begin posts body to an endpoint that sends the browser to a provider.
func (c *Client) Begin(p *Provider, path string, body M) *Response {
	c.t.Helper()
	full := M{"provider": p.ID()}
	maps.Copy(full, body)
	return c.Post(path, full).Want(200)
}

// WantRedirect fails the test unless the answer is a redirect to target.
func (r *Response) WantRedirect(target string) *Response {
	r.t.Helper()
	if location := r.Header.Get("Location"); r.Status != 302 || location != target {
		r.t.Fatalf("%s: %d to %q, want 302 to %q: %s", r.what, r.Status, location, target, r.Body)
	}
	return r
}
