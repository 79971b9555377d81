package social

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/oauth2"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Authorization is what the authorization URL is made of.
type Authorization struct {
	URL string
	// Scopes are always asked for, unless disableDefaultScope is set.
	Scopes []string
	// ScopeSeparator joins scopes. Empty: a blank.
	ScopeSeparator string
	// NoScopes never sends scopes: what may be read is set up at the provider.
	NoScopes bool
	// RequestedFirst sends the scopes a client asks for before the configured ones.
	RequestedFirst bool
	// UniqueScopes sends every scope once.
	UniqueScopes bool
	// PKCE sends the challenge of a code verifier (RFC 7636), and later the verifier.
	PKCE bool
	// LoginHint passes the client's loginHint on.
	LoginHint bool
	// ResponseType is "code" when it is empty.
	ResponseType string
	// ResponseMode and Prompt are used unless the options name others.
	ResponseMode string
	Prompt       string
	// Params are further parameters, which a client may change. Those without a value are not sent.
	Params Query
	// Fixed are parameters that a client cannot change.
	Fixed Query
	// Rewrite has the last word on the parameters, before those of the client. Nil: they stay.
	Rewrite func(Query) Query
	// EscapeBlanks writes blanks as %20 instead of +.
	EscapeBlanks bool
}

// authorizationOrder is the order of parameters in an authorization URL of Better Auth 1.7.5.
func authorizationOrder() []string {
	return []string{
		"response_type", "client_id", "state", "scope", "redirect_uri", "duration", "display", "login_hint",
		"nonce", "prompt", "hd", "access_type", "response_mode", "code_challenge_method", "code_challenge", "claims",
	}
}

// reserved are the parameters a client cannot choose: they bind the answer to the request.
func reserved(name string) bool {
	switch name {
	case "state", "client_id", "redirect_uri", "response_type", "code_challenge", "code_challenge_method",
		"nonce", "scope", "client_key", "appid":
		return true
	}
	return false
}

func (p *provider) AuthorizationURL(_ context.Context, r core.AuthorizationRequest) (string, error) {
	if err := p.Ready(); err != nil {
		return "", err
	}
	spec := p.spec.Authorization
	u, err := url.Parse(cmp.Or(p.options.AuthorizationEndpoint, spec.URL))
	if err != nil || u.Scheme == "" || u.Host == "" {
		return "", p.wrap(fmt.Errorf("authorization endpoint %q is not a URL", cmp.Or(p.options.AuthorizationEndpoint, spec.URL)))
	}
	q := p.authorizationParams(r)
	existing := u.Query()
	for _, param := range q {
		existing.Del(param.Name)
	}
	u.RawQuery = strings.TrimPrefix(existing.Encode()+"&"+q.encode(), "&")
	if spec.EscapeBlanks {
		u.RawQuery = strings.ReplaceAll(u.RawQuery, "+", "%20")
	}
	return u.String(), nil
}

func (p *provider) authorizationParams(r core.AuthorizationRequest) Query {
	spec := p.spec.Authorization
	var q Query
	q.Set(
		Param{"response_type", cmp.Or(spec.ResponseType, "code")},
		Param{"client_id", p.options.ClientID()},
		Param{"state", r.State},
		Param{"scope", p.scope(r.Scopes)},
		Param{"redirect_uri", p.options.redirectURI(r.RedirectURI)},
		Param{"nonce", r.Nonce},
		Param{"prompt", cmp.Or(p.options.Prompt, spec.Prompt)},
		Param{"response_mode", cmp.Or(p.options.ResponseMode, spec.ResponseMode)},
	)
	if spec.LoginHint {
		q.Set(Param{"login_hint", r.LoginHint})
	}
	if spec.PKCE && r.CodeVerifier != "" {
		q.Set(Param{"code_challenge_method", "S256"},
			Param{"code_challenge", oauth2.S256ChallengeFromVerifier(r.CodeVerifier)})
	}
	q.Set(spec.Params...)
	q.sort(authorizationOrder())
	if spec.Rewrite != nil {
		q = spec.Rewrite(q)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Params)) {
		if !reserved(name) {
			q.put(Param{name, r.Params[name]})
		}
	}
	q.Set(spec.Fixed...)
	return q
}

// scope returns the parameter scope of an authorization request.
func (p *provider) scope(requested []string) string {
	spec := p.spec.Authorization
	if spec.NoScopes {
		return ""
	}
	scopes := p.options.scopes(spec.Scopes, requested)
	if spec.RequestedFirst {
		defaults := len(scopes) - len(p.options.Scope) - len(requested)
		scopes = slices.Concat(scopes[:defaults], requested, p.options.Scope)
	}
	if spec.UniqueScopes {
		scopes = unique(scopes)
	}
	return strings.Join(scopes, cmp.Or(spec.ScopeSeparator, " "))
}

// unique drops what was there before.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
