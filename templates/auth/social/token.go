package social

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Token is how a provider's token endpoint is used.
type Token struct {
	URL string
	// Auth is how we prove who we are, RefreshAuth how when a token is refreshed; unset: as Auth.
	Auth        ClientAuth
	RefreshAuth ClientAuth
	// NeedsSecret is set when nobody can sign in without a client secret.
	NeedsSecret bool
	// Secret makes the client secret if the options have none.
	Secret func() (string, error)
	// Header replaces headers of a code exchange.
	Header map[string]string
	// PostVerifier posts the code verifier, although no challenge was sent.
	PostVerifier bool
	// Params are posted besides when a code is exchanged, RefreshParams when a token is refreshed.
	Params        func(core.CodeExchange) Query
	RefreshParams Query
	// NoRefresh is set when the provider has no refresh tokens.
	NoRefresh bool
	// Exchange and Refresh take the place of an endpoint that is not the standard's.
	Exchange func(context.Context, *Client, core.CodeExchange) (*core.OAuthTokens, error)
	Refresh  func(ctx context.Context, c *Client, refreshToken string) (*core.OAuthTokens, error)
}

// ClientAuth is how the token endpoint learns who is asking (RFC 6749 §2.3.1).
type ClientAuth int

const (
	// AuthPost posts client id and secret; without a secret only the id. It is the default.
	AuthPost ClientAuth = iota + 1
	// AuthBasic sends client id and secret as HTTP Basic credentials.
	AuthBasic
	// AuthParams sends nothing but the parameters, which name the client in a way of their own.
	AuthParams
)

func (p *provider) Exchange(ctx context.Context, r core.CodeExchange) (*core.OAuthTokens, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if own := p.spec.Token.Exchange; own != nil {
		tokens, err := own(ctx, p.client, r)
		if err != nil {
			return nil, p.wrap(err)
		}
		return tokens, nil
	}
	form := Query{{"grant_type", "authorization_code"}, {"code", r.Code}}
	if p.spec.Authorization.PKCE || p.spec.Token.PostVerifier {
		form.Set(Param{"code_verifier", r.CodeVerifier})
	}
	form.Set(Param{"client_key", p.options.ClientKey}, Param{"redirect_uri", p.options.redirectURI(r.RedirectURI)})
	if p.spec.Token.Params != nil {
		form.Set(p.spec.Token.Params(r)...)
	}
	return p.token(ctx, p.spec.Token.Auth, form, p.spec.Token.Header)
}

// refresher is a provider with refresh tokens.
type refresher struct{ *provider }

func (p refresher) Refresh(ctx context.Context, refreshToken string) (*core.OAuthTokens, error) {
	if p.funcs.RefreshAccessToken != nil {
		return p.funcs.RefreshAccessToken(ctx, refreshToken)
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if own := p.spec.Token.Refresh; own != nil {
		tokens, err := own(ctx, p.client, refreshToken)
		if err != nil {
			return nil, p.wrap(err)
		}
		return tokens, nil
	}
	form := Query{{"grant_type", "refresh_token"}, {"refresh_token", refreshToken}}
	form.Set(p.spec.Token.RefreshParams...)
	return p.token(ctx, cmp.Or(p.spec.Token.RefreshAuth, p.spec.Token.Auth), form, nil)
}

// token asks the token endpoint. The library's client credentials are the one flow that takes any
// parameters; it means its grant type to be overridden.
func (p *provider) token(ctx context.Context, auth ClientAuth, form Query, header map[string]string) (*core.OAuthTokens, error) {
	config, err := p.tokenConfig(ctx, auth, form)
	if err != nil {
		return nil, p.wrap(err)
	}
	call := &tokenCall{next: p.client.http.Transport, header: header}
	client := *p.client.http
	client.Transport = call
	if _, err := config.Token(context.WithValue(ctx, oauth2.HTTPClient, &client)); err != nil {
		return nil, p.wrap(tokenError(err))
	}
	tokens, err := readTokens(call.answer)
	if err != nil {
		return nil, p.wrap(err)
	}
	return tokens, nil
}

func (p *provider) tokenConfig(ctx context.Context, auth ClientAuth, form Query) (*clientcredentials.Config, error) {
	c := &clientcredentials.Config{TokenURL: p.spec.Token.URL, AuthStyle: oauth2.AuthStyleInParams}
	switch {
	case p.funcs.ClientAssertion != nil:
		assertion, err := p.funcs.ClientAssertion(ctx, p.options.ClientID(), p.spec.Token.URL)
		if err != nil {
			return nil, fmt.Errorf("client assertion: %w", err)
		}
		c.ClientID = p.options.ClientID()
		form.Set(Param{"client_assertion", assertion},
			Param{"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"})
	case auth != AuthParams:
		secret, err := p.secret()
		if err != nil {
			return nil, err
		}
		c.ClientID, c.ClientSecret = p.options.ClientID(), secret
	}
	if auth == AuthBasic && p.funcs.ClientAssertion == nil {
		if c.ClientSecret == "" {
			return nil, ErrNoClientSecret
		}
		c.AuthStyle = oauth2.AuthStyleInHeader
	}
	c.EndpointParams = form.values()
	return c, nil
}

func (p *provider) secret() (string, error) {
	if p.options.ClientSecret != "" || p.spec.Token.Secret == nil {
		return p.options.ClientSecret, nil
	}
	return p.spec.Token.Secret()
}

// tokenCall sends the headers a provider wants and keeps the whole answer, of which the library returns
// only members asked for by name.
type tokenCall struct {
	next   http.RoundTripper
	header map[string]string
	answer []byte
}

func (c *tokenCall) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Accept", "application/json")
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	answer, err := c.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if c.answer, err = io.ReadAll(answer.Body); err != nil {
		return nil, err
	}
	if answer.Body = io.NopCloser(bytes.NewReader(c.answer)); json.Valid(c.answer) {
		answer.Header.Set("Content-Type", "application/json") // some call it text
	}
	return answer, nil
}

// TokenError is the refusal of a token endpoint.
type TokenError struct {
	// Status is the HTTP status.
	Status int
	// Code is the member error of the answer (RFC 6749 §5.2), such as "invalid_grant".
	Code string
}

func (e *TokenError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the token endpoint answered with status %d %s", e.Status, e.Code))
}

// tokenError leaves out of an error what a log must not hold: the answer and the URL.
func tokenError(err error) error {
	if refused, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return &TokenError{Status: refused.Response.StatusCode, Code: refused.ErrorCode}
	}
	return fmt.Errorf("token endpoint: %w", withoutURL(err))
}

// readTokens reads the answer of a token endpoint, which is JSON or, rarely, a form.
func readTokens(answer []byte) (*core.OAuthTokens, error) {
	raw := map[string]any{}
	if json.Unmarshal(answer, &raw) != nil {
		form, err := url.ParseQuery(string(answer))
		if err != nil {
			return nil, errors.New("token endpoint: the answer is neither JSON nor a form")
		}
		for name := range form {
			raw[name] = form.Get(name)
		}
	}
	return Tokens(raw), nil
}

// Tokens makes tokens of what a token endpoint answered (RFC 6749 §5.1).
func Tokens(raw map[string]any) *core.OAuthTokens {
	text := func(name string) string { s, _ := raw[name].(string); return s }
	return &core.OAuthTokens{
		AccessToken:           text("access_token"),
		RefreshToken:          text("refresh_token"),
		IDToken:               text("id_token"),
		TokenType:             text("token_type"),
		AccessTokenExpiresAt:  expiry(raw["expires_in"]),
		RefreshTokenExpiresAt: expiry(raw["refresh_token_expires_in"]),
		Scopes:                granted(raw["scope"]),
		Raw:                   raw,
	}
}

// expiry is when a lifetime in seconds ends; nil without one.
func expiry(lifetime any) *time.Time {
	text := fmt.Sprint(lifetime)
	seconds, err := time.ParseDuration(text + "s")
	if err != nil || seconds <= 0 {
		return nil
	}
	at := time.Now().Add(seconds)
	return &at
}

// granted reads the member scope, a list in the standard's form or as JSON.
func granted(scope any) []string {
	switch scope := scope.(type) {
	case string:
		return strings.Fields(scope)
	case []any:
		var out []string
		for _, s := range scope {
			if s, ok := s.(string); ok && strings.TrimSpace(s) != "" {
				out = append(out, strings.TrimSpace(s))
			}
		}
		return out
	}
	return nil
}
