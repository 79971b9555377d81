package core

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// SignInSocialInput is the body of POST /sign-in/social.
type SignInSocialInput struct {
	CallbackURL        *string      `json:"callbackURL"`
	NewUserCallbackURL *string      `json:"newUserCallbackURL"`
	ErrorCallbackURL   *string      `json:"errorCallbackURL"`
	Provider           ProviderName `json:"provider" check:"required"`
	DisableRedirect    *bool        `json:"disableRedirect"`
	// IDToken signs in at once, without redirects.
	IDToken          *SocialIDTokenInput        `json:"idToken"`
	Scopes           []string                   `json:"scopes,omitempty"`
	RequestSignUp    *bool                      `json:"requestSignUp"`
	LoginHint        *string                    `json:"loginHint"`
	AdditionalParams AuthorizationParams        `json:"additionalParams,omitempty"`
	AdditionalData   map[string]json.RawMessage `json:"additionalData,omitempty"`
}

// Check implements web.Checker.
func (in *SignInSocialInput) Check() web.Issues { return in.AdditionalParams.check() }

// SocialIDTokenInput is an ID token with what the provider told the client besides.
type SocialIDTokenInput struct {
	IDTokenInput
	ExpiresAt *float64       `json:"expiresAt"`
	User      *IDTokenPerson `json:"user"`
}

// IDTokenPerson is what Apple tells a client at the first consent, and only there.
type IDTokenPerson struct {
	Name  *IDTokenPersonName `json:"name,omitempty"`
	Email *string            `json:"email,omitempty"`
}

// IDTokenPersonName is the name of an IDTokenPerson.
type IDTokenPersonName struct {
	FirstName *string `json:"firstName,omitempty"`
	LastName  *string `json:"lastName,omitempty"`
}

// SignInSocialOutput is the answer to a social sign-in: where to go on, or with an ID token a session, or a
// Challenge.
type SignInSocialOutput struct {
	SocialRedirect
	Token     string
	User      *model.User
	Challenge Challenge
}

// MarshalJSON implements json.Marshaler.
func (out *SignInSocialOutput) MarshalJSON() ([]byte, error) {
	switch {
	case out.Challenge != nil:
		return encodeJSON(out.Challenge)
	case out.User == nil:
		return encodeJSON(out.SocialRedirect)
	}
	return encodeJSON(struct {
		Redirect bool        `json:"redirect"`
		Token    string      `json:"token"`
		User     *model.User `json:"user"`
	}{false, out.Token, out.User})
}

// SignInSocial begins a sign-in at a provider, or carries it out when the client has an ID token already.
func (a *Auth) SignInSocial(ctx context.Context, call *Call, in SignInSocialInput) (*SignInSocialOutput, error) {
	provider := a.Provider(string(in.Provider))
	if provider == nil {
		return nil, ErrProviderNotFound
	}
	if in.IDToken != nil {
		return a.signInIDToken(ctx, call, provider, in)
	}
	url, err := a.startOAuth(ctx, call, provider, oauthStart{
		callbackURL: in.CallbackURL, errorURL: in.ErrorCallbackURL, newUserURL: in.NewUserCallbackURL,
		requestSignUp: in.RequestSignUp, data: in.AdditionalData,
		scopes: in.Scopes, loginHint: in.LoginHint, params: in.AdditionalParams,
	})
	if err != nil {
		return nil, err
	}
	return &SignInSocialOutput{SocialRedirect: call.sendTo(url, in.DisableRedirect)}, nil
}

// signInIDToken opens a session for the person an ID token names.
func (a *Auth) signInIDToken(ctx context.Context, call *Call, p Provider, in SignInSocialInput) (*SignInSocialOutput, error) {
	var form json.RawMessage
	if in.IDToken.User != nil {
		form, _ = encodeJSON(in.IDToken.User) // texts always have a JSON text
	}
	profile, err := a.verifiedProfile(ctx, p, in.IDToken.IDTokenInput, form)
	if err != nil {
		return nil, err
	}
	session, challenge, err := a.openSocialSession(ctx, call, &socialSignIn{
		provider: p, profile: profile, callbackURL: deref(in.CallbackURL),
		tokens: &OAuthTokens{IDToken: in.IDToken.Token, AccessToken: deref(in.IDToken.AccessToken)},
		signUp: in.RequestSignUp != nil && *in.RequestSignUp,
	})
	var refused linkRefusal
	switch {
	case errors.As(err, &refused) && refused == unverifiedMail:
		return nil, ErrEmailNotVerified
	case errors.As(err, &refused):
		return nil, ErrOAuthLink.With(refused.Error())
	case err != nil:
		return nil, err
	case challenge != nil:
		return &SignInSocialOutput{Challenge: challenge}, nil
	}
	return &SignInSocialOutput{Token: session.Session.Token, User: session.User}, nil
}
