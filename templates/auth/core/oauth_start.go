package core

import (
	"context"
	"encoding/json"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// AuthorizationParams are further parameters of an authorization URL.
type AuthorizationParams map[string]string

// reservedParams are the parameters the flow depends on, in the order Better Auth names them.
var reservedParams = []string{
	"state", "client_id", "redirect_uri", "response_type", "code_challenge", "code_challenge_method", "nonce", "scope",
}

// check reports parameters a client may not set.
func (p AuthorizationParams) check() web.Issues {
	for _, name := range reservedParams {
		if _, ok := p[name]; ok {
			return web.Issues{{
				Path: []string{"additionalParams"},
				Message: "additionalParams cannot include reserved OAuth parameters: " +
					"state, client_id, redirect_uri, response_type, code_challenge, code_challenge_method, nonce, scope",
			}}
		}
	}
	return nil
}

// ProviderName is the id of a provider in a request. Any text is one.
type ProviderName string

// DecodeJSON implements web.JSONDecoder.
func (p *ProviderName) DecodeJSON(raw json.RawMessage) (expected string, ok bool) {
	return "", web.TypeName(raw) == "string" && json.Unmarshal(raw, (*string)(p)) == nil
}

// oauthStart is what a client asks for when it sends a browser to a provider.
type oauthStart struct {
	callbackURL, errorURL, newUserURL *string
	requestSignUp                     *bool
	link                              *OAuthLink
	data                              map[string]json.RawMessage

	scopes    []string
	loginHint *string
	params    AuthorizationParams
}

// startOAuth begins a sign-in and returns the page of the provider it goes on at.
func (a *Auth) startOAuth(ctx context.Context, call *Call, p Provider, start oauthStart) (string, error) {
	base, err := a.base(call)
	if err != nil {
		return "", err
	}
	state := a.newOAuthState(p)
	state.CallbackURL = firstOf(deref(start.callbackURL), base.origin)
	state.ErrorURL, state.NewUserURL = deref(start.errorURL), deref(start.newUserURL)
	state.Link, state.Data = start.link, start.data
	override(&state.RequestSignUp, start.requestSignUp)

	target, err := p.AuthorizationURL(ctx, AuthorizationRequest{
		State: state.State, CodeVerifier: state.CodeVerifier, Nonce: state.IDTokenNonce,
		Scopes: start.scopes, RedirectURI: callbackOf(base, p), LoginHint: deref(start.loginHint), Params: start.params,
	})
	if err != nil {
		return "", err
	}
	call.oauthState = state
	return target, a.keepOAuthState(ctx, call, state)
}

// callbackOf is where a provider sends the browser back to.
func callbackOf(base baseURL, p Provider) string { return base.url + "/callback/" + p.ID() }

// SocialRedirect names the page of a provider a sign-in goes on at.
type SocialRedirect struct {
	URL string `json:"url"`
	// Redirect asks the client to open URL.
	Redirect bool `json:"redirect"`
}

// sendTo answers with the page of a provider.
func (call *Call) sendTo(url string, disableRedirect *bool) SocialRedirect {
	redirect := disableRedirect == nil || !*disableRedirect
	if redirect {
		call.header.Set("Location", url)
	}
	return SocialRedirect{URL: url, Redirect: redirect}
}
