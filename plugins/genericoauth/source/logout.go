package genericoauth

import (
	"context"
	"net/url"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// LogoutURL implements core.LogoutProvider.
func (p *provider) LogoutURL(ctx context.Context, call *core.Call, idToken, state string) (string, error) {
	return p.ReturningLogoutURL(ctx, call, idToken, state, p.options.PostLogoutRedirectURI)
}

// ReturningLogoutURL implements core.ReturningProvider (OpenID Connect RP-Initiated Logout 1.0 §2). The
// provider comes back only to addresses it knows, which is why the client has to be named then.
func (p *provider) ReturningLogoutURL(_ context.Context, call *core.Call, idToken, state, returnTo string) (string, error) {
	if p.options.DisableProviderLogout || p.endpoint.endSession == "" {
		return "", nil
	}
	target, err := url.Parse(p.endpoint.endSession)
	if err != nil || target.Host == "" {
		return "", nil
	}
	var q []string
	add := func(name, value string) { q = append(q, name+"="+url.QueryEscape(value)) }
	if target.RawQuery != "" {
		q = append(q, target.RawQuery)
	}
	if idToken != "" {
		add("id_token_hint", idToken)
	}
	switch {
	case returnTo != "":
		back, err := p.absolute(call, returnTo)
		if err != nil {
			return "", err
		}
		add("post_logout_redirect_uri", back)
		add("client_id", p.options.ClientID)
		if state != "" {
			add("state", state)
		}
	case idToken == "":
		add("client_id", p.options.ClientID)
	}
	target.RawQuery = strings.Join(q, "&")
	return target.String(), nil
}

// absolute resolves a path against the base URL.
func (p *provider) absolute(call *core.Call, path string) (string, error) {
	at, err := p.auth.BaseURLOf(call)
	if err != nil {
		return "", err
	}
	base, err := url.Parse(at)
	if err != nil {
		return "", err
	}
	target, err := base.Parse(path)
	if err != nil {
		return "", err
	}
	return target.String(), nil
}
