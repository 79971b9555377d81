package core

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// LinkSocialInput is the body of POST /link-social.
type LinkSocialInput struct {
	CallbackURL *string      `json:"callbackURL"`
	Provider    ProviderName `json:"provider" check:"required"`
	// IDToken links at once, without redirects.
	IDToken          *IDTokenInput              `json:"idToken"`
	RequestSignUp    *bool                      `json:"requestSignUp"`
	Scopes           []string                   `json:"scopes,omitempty"`
	ErrorCallbackURL *string                    `json:"errorCallbackURL"`
	DisableRedirect  *bool                      `json:"disableRedirect"`
	LoginHint        *string                    `json:"loginHint"`
	AdditionalParams AuthorizationParams        `json:"additionalParams,omitempty"`
	AdditionalData   map[string]json.RawMessage `json:"additionalData,omitempty"`
}

// Check implements web.Checker.
func (in *LinkSocialInput) Check() web.Issues { return in.AdditionalParams.check() }

// LinkSocialOutput is the answer to a link: where to go on or, with an ID token, that it is done.
type LinkSocialOutput struct {
	SocialRedirect
	Status bool `json:"status,omitempty"`
}

// LinkSocial adds an account with a provider to the signed-in user.
func (a *Auth) LinkSocial(ctx context.Context, call *Call, in LinkSocialInput) (*LinkSocialOutput, error) {
	current, err := a.RequireSession(ctx, call)
	if err != nil {
		return nil, err
	}
	provider := a.Provider(string(in.Provider))
	if provider == nil {
		return nil, ErrProviderNotFound
	}
	if in.IDToken != nil {
		if err := a.linkIDToken(ctx, call, provider, *in.IDToken, current.User); err != nil {
			a.Audit(ctx, EventLinkRefused, current.User.ID, slog.String("provider", provider.ID()))
			return nil, err
		}
		return &LinkSocialOutput{Status: true}, nil
	}
	url, err := a.startOAuth(ctx, call, provider, oauthStart{
		callbackURL: in.CallbackURL, errorURL: in.ErrorCallbackURL, requestSignUp: in.RequestSignUp,
		link: &OAuthLink{Email: current.User.Email, UserID: current.User.ID}, data: in.AdditionalData,
		scopes: in.Scopes, loginHint: in.LoginHint, params: in.AdditionalParams,
	})
	if err != nil {
		return nil, err
	}
	return &LinkSocialOutput{SocialRedirect: call.sendTo(url, in.DisableRedirect)}, nil
}

// linkIDToken adds the account an ID token names to a user.
func (a *Auth) linkIDToken(ctx context.Context, call *Call, p Provider, in IDTokenInput, user *model.User) error {
	profile, err := a.verifiedProfile(ctx, p, in, nil)
	if err != nil {
		return err
	}
	tokens := &OAuthTokens{IDToken: in.Token, AccessToken: deref(in.AccessToken), RefreshToken: deref(in.RefreshToken)}
	existing, err := a.accountByKey(ctx, p, profile)
	switch {
	case err != nil:
		return err
	case existing != nil && existing.UserID != user.ID:
		return ErrSocialAccountAlreadyLinked
	case existing != nil:
		err = a.relink(ctx, existing, tokens)
	case !a.mayLink(call, p, profile):
		return ErrLinkingNotAllowed
	case !a.sameAddress(profile, user.Email):
		return ErrLinkingDifferentEmails
	default:
		err = a.link(ctx, user.ID, p, profile, tokens, nil)
	}
	if err != nil {
		return a.linkFailure(ctx, err)
	}
	a.copyOnLink(ctx, user, profile)
	return nil
}

// linkFailure keeps the reason of a hook and replaces any other, after it has been logged.
func (a *Auth) linkFailure(ctx context.Context, err error) error {
	err = a.refusedWrite(ctx, err, failedLink)
	if errors.Is(err, failedLink) {
		return ErrLinkingFailed
	}
	return err
}

// linkCallback adds the account of a callback to the user who asked for it.
func (a *Auth) linkCallback(ctx context.Context, call *Call, p Provider, state *OAuthState, profile *ProviderProfile, tokens *OAuthTokens) error {
	switch {
	case !a.mayLink(call, p, profile):
		return failedLink
	case !a.sameAddress(profile, state.Link.Email):
		return &oauthRefusal{code: "email_does_not_match"}
	}
	existing, err := a.accountByKey(ctx, p, profile)
	switch {
	case err != nil:
		return err
	case existing != nil && existing.UserID != state.Link.UserID:
		return &oauthRefusal{code: "account_already_linked_to_different_user"}
	case existing != nil:
		existing.Scope = mergeScopes(existing.Scope, tokens.Scopes)
		err = a.relink(ctx, existing, tokens)
	default:
		err = a.link(ctx, state.Link.UserID, p, profile, tokens, joinScopes(tokens.Scopes))
	}
	if err != nil {
		return a.refusedWrite(ctx, err, failedLink)
	}
	a.copyOnLink(ctx, &model.User{ID: state.Link.UserID}, profile)
	call.Redirect(state.CallbackURL)
	return nil
}

// mayLink reports that a user may add an account, and that the provider knows whose address it has.
func (a *Auth) mayLink(call *Call, p Provider, profile *ProviderProfile) bool {
	return a.opts.Account.AccountLinking.Enabled && (profile.EmailVerified || a.trustsProvider(call, p.ID()))
}

// sameAddress reports that the profile has the address of the user, where that matters.
func (a *Auth) sameAddress(profile *ProviderProfile, address string) bool {
	return a.opts.Account.AccountLinking.AllowDifferentEmails || strings.EqualFold(profile.Email, address)
}

// link stores an account of a user.
func (a *Auth) link(ctx context.Context, userID string, p Provider, profile *ProviderProfile, tokens *OAuthTokens, scope *string) error {
	account, err := a.newAccount(userID, p, profile, tokens, scope)
	if err != nil {
		return err
	}
	if err := a.insertAccount(ctx, account); err != nil {
		return err
	}
	a.Audit(ctx, EventAccountLinked, userID, slog.String("provider", p.ID()))
	return nil
}

// relink stores new tokens in an account the user has already.
func (a *Auth) relink(ctx context.Context, account *model.Account, tokens *OAuthTokens) error {
	if err := a.putTokens(account, tokens); err != nil {
		return err
	}
	_, err := a.updateAccount(ctx, account)
	return err
}
