package genericoauth

import (
	"context"
	"net/url"
)

// LogoutURL implements core.LogoutProvider.
func (p *provider) LogoutURL(ctx context.Context, idToken, state string) (string, error) {
	return p.ReturningLogoutURL(ctx, idToken, state, p.options.PostLogoutRedirectURI)
}

// ReturningLogoutURL implements core.ReturningProvider (OpenID Connect RP-Initiated Logout 1.0 §2). The
// provider comes back only to addresses it knows, which is why the client has to be named then.
func (p *provider) ReturningLogoutURL(_ context.Context, idToken, state, returnTo string) (string, error) {
	if p.options.DisableProviderLogout || p.endpoint.endSession == "" {
		return "", nil
	}
	target, err := url.Parse(p.endpoint.endSession)
	if err != nil || target.Host == "" {
		return "", nil
	}
	q := target.Query()
	if idToken != "" {
		q.Set("id_token_hint", idToken)
	}
	switch {
	case returnTo != "":
		back, err := p.absolute(returnTo)
		if err != nil {
			return "", err
		}
		q.Set("post_logout_redirect_uri", back)
		q.Set("client_id", p.options.ClientID)
		if state != "" {
			q.Set("state", state)
		}
	case idToken == "":
		q.Set("client_id", p.options.ClientID)
	}
	target.RawQuery = q.Encode()
	return target.String(), nil
}

// absolute resolves a path against the base URL.
func (p *provider) absolute(path string) (string, error) {
	base, err := url.Parse(p.auth.BaseURL())
	if err != nil {
		return "", err
	}
	target, err := base.Parse(path)
	if err != nil {
		return "", err
	}
	return target.String(), nil
}
