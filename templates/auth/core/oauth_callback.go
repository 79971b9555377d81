package core

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// OAuthCallbackInput is what a provider sends back, in the query of GET /callback/:id or as a form.
type OAuthCallbackInput struct {
	Code             *string `json:"code"`
	Error            *string `json:"error"`
	DeviceID         *string `json:"device_id"`
	ErrorDescription *string `json:"error_description"`
	State            *string `json:"state"`
	User             *string `json:"user"` // JSON, from Apple
	Issuer           *string `json:"iss"`
	// ProviderID is the last segment of the path.
	ProviderID string `json:"id"`
}

// OAuthCallbackForm answers a callback that came as a form post with a redirect to itself: the post comes
// from another site, so the browser sent no cookies with it, but it will with the redirect.
func (a *Auth) OAuthCallbackForm(_ context.Context, call *Call, in OAuthCallbackInput) (*NoInput, error) {
	query := OAuthCallbackInput{ProviderID: in.ProviderID}
	members := web.QueryMembers(call.request.URL.Query())
	members["id"], _ = json.Marshal(in.ProviderID) // a string always has a JSON text
	if issues := web.Decode(members, "query", &query); len(issues) > 0 {
		return nil, ErrValidation.With(issues.String())
	}
	call.Redirect(a.pageOf(call, "/callback/"+url.PathEscape(in.ProviderID)+"?"+in.merge(query)))
	return nil, nil
}

// merge returns the parameters of a form and of a query as one query, which wins.
func (in OAuthCallbackInput) merge(query OAuthCallbackInput) string {
	var parameters []string
	for _, p := range []struct {
		name        string
		form, query *string
	}{
		{"code", in.Code, query.Code},
		{"error", in.Error, query.Error},
		{"device_id", in.DeviceID, query.DeviceID},
		{"error_description", in.ErrorDescription, query.ErrorDescription},
		{"state", in.State, query.State},
		{"user", in.User, query.User},
		{"iss", in.Issuer, query.Issuer},
	} {
		value := p.form
		if p.query != nil {
			value = p.query
		}
		if value != nil {
			parameters = append(parameters, p.name+"="+queryEscape(*value))
		}
	}
	return strings.Join(parameters, "&")
}

// OAuthCallback ends a sign-in at a provider, or adds the account to the user who asked for that. Whatever
// goes wrong on the way is reported to the error URL of the flow. The answer is a redirect, but for a
// Challenge of a hook.
func (a *Auth) OAuthCallback(ctx context.Context, call *Call, in OAuthCallbackInput) (Challenge, error) {
	defer a.recoverCallback(ctx, call)
	provider := a.Provider(in.ProviderID)
	if in.State == nil && deref(in.Code) != "" && provider != nil && provider.Rules().AllowIDPInitiated {
		return nil, a.startUnasked(ctx, call, provider)
	}
	state, err := a.oauthStateOf(ctx, call, provider, in)
	if err != nil {
		a.refuse(ctx, call, err, "")
		return nil, nil
	}
	call.oauthState = state
	challenge, err := a.endOAuth(ctx, call, provider, state, in)
	if err != nil {
		a.refuse(ctx, call, err, state.ErrorURL)
		return nil, nil
	}
	return challenge, nil
}

// startUnasked answers a code nobody asked for by beginning a sign-in of our own: the code is never used,
// since there is no state that would tell whose it is.
func (a *Auth) startUnasked(ctx context.Context, call *Call, p Provider) error {
	target, err := a.startOAuth(ctx, call, p, oauthStart{})
	call.Redirect(target)
	return err
}

func (a *Auth) oauthStateOf(ctx context.Context, call *Call, p Provider, in OAuthCallbackInput) (*OAuthState, error) {
	if deref(in.State) == "" {
		return nil, &oauthRefusal{code: "state_not_found"}
	}
	return a.takeOAuthState(ctx, call, p, *in.State)
}

// endOAuth does what the browser was sent to the provider for. The order of its steps is Better Auth's: it
// decides which of two errors is reported.
func (a *Auth) endOAuth(ctx context.Context, call *Call, p Provider, state *OAuthState, in OAuthCallbackInput) (Challenge, error) {
	if err := checkCallback(p, state, in); err != nil {
		return nil, err
	}
	base, err := a.base(call)
	if err != nil {
		return nil, err
	}
	tokens, err := p.Exchange(ctx, CodeExchange{
		Code: *in.Code, CodeVerifier: state.CodeVerifier, RedirectURI: callbackOf(base, p), DeviceID: deref(in.DeviceID),
	})
	if err != nil || tokens == nil {
		a.log.ErrorContext(ctx, "trading the code of a callback", "provider", p.ID(), "error", err)
		return nil, &oauthRefusal{code: "invalid_code"}
	}
	profile, err := a.profileOf(ctx, p, tokens, state.IDTokenNonce, formUser(in.User))
	if err != nil {
		a.log.ErrorContext(ctx, "reading the profile of a callback", "provider", p.ID(), "error", err)
		return nil, &oauthRefusal{code: "unable_to_get_user_info"}
	}
	if state.CallbackURL == "" {
		return nil, &oauthRefusal{code: "no_callback_url"}
	}
	if state.Link != nil {
		return nil, a.linkCallback(ctx, call, p, state, profile, tokens)
	}
	return a.signInCallback(ctx, call, p, state, profile, tokens)
}

// checkCallback looks at the parameters of a callback.
func checkCallback(p Provider, state *OAuthState, in OAuthCallbackInput) error {
	switch {
	case deref(in.Error) != "":
		return &oauthRefusal{code: *in.Error, description: deref(in.ErrorDescription)}
	case deref(in.Code) == "":
		return &oauthRefusal{code: "no_code"}
	case p == nil:
		return &oauthRefusal{code: "oauth_provider_not_found"}
	}
	rules := p.Rules()
	switch issuer := deref(in.Issuer); {
	case issuer != "" && rules.Issuer != "" && issuer != rules.Issuer:
		return &oauthRefusal{code: "issuer_mismatch"}
	case rules.UseNonce && state.IDTokenNonce == "":
		return &oauthRefusal{code: "nonce_binding_missing"}
	}
	return nil
}

// formUser returns the JSON of the field "user"; nil when there is none.
func formUser(user *string) json.RawMessage {
	if text := json.RawMessage(deref(user)); json.Valid(text) {
		return text
	}
	return nil
}

// errNoProfile is what a profile that names nobody is refused with.
var errNoProfile = errors.New("the provider told no stable account id")

// profileOf asks the provider who signed in. An ID token that must carry a nonce is checked first.
func (a *Auth) profileOf(ctx context.Context, p Provider, tokens *OAuthTokens, nonce string, form json.RawMessage) (*ProviderProfile, error) {
	if verifier, ok := p.(IDTokenProvider); ok && nonce != "" && tokens.IDToken != "" {
		if err := verifier.VerifyIDToken(ctx, tokens.IDToken, nonce); err != nil {
			return nil, err
		}
	}
	profile, err := p.UserInfo(ctx, tokens, form)
	if err != nil {
		return nil, err
	}
	if profile == nil || !isAccountID(profile.AccountID) {
		return nil, errNoProfile
	}
	return profile, nil
}

// isAccountID refuses what a profile without an id looks like. People who all had no id would be one.
func isAccountID(id string) bool {
	return strings.TrimSpace(id) != "" && id != "undefined" && id != "null"
}

// signInCallback opens a session for the person of a profile.
func (a *Auth) signInCallback(ctx context.Context, call *Call, p Provider, state *OAuthState, profile *ProviderProfile, tokens *OAuthTokens) (Challenge, error) {
	if profile.Email == "" {
		return nil, &oauthRefusal{code: "email_not_found"}
	}
	in := &socialSignIn{
		provider: p, profile: profile, tokens: tokens, scope: joinScopes(tokens.Scopes), callbackURL: state.CallbackURL,
		signUp: state.RequestSignUp, overrides: p.Rules().OverrideUserInfoOnSignIn,
	}
	_, challenge, err := a.openSocialSession(ctx, call, in)
	if err != nil || challenge != nil {
		return challenge, err
	}
	target := state.CallbackURL
	if in.registered {
		target = firstOf(state.NewUserURL, target)
	}
	call.Redirect(target)
	return nil, nil
}
