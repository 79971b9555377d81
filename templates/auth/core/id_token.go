package core

import (
	"context"
	"encoding/json"
	"log/slog"
)

// IDTokenInput is an ID token a client got from a provider by itself, for a sign-in without redirects.
type IDTokenInput struct {
	Token        string  `json:"token"`
	Nonce        *string `json:"nonce"`
	AccessToken  *string `json:"accessToken"`
	RefreshToken *string `json:"refreshToken"`
}

// verifiedProfile checks an ID token and returns whose it is. form is what the provider told the client
// besides, as JSON; nil without.
func (a *Auth) verifiedProfile(ctx context.Context, p Provider, in IDTokenInput, form json.RawMessage) (*ProviderProfile, error) {
	verifier, ok := p.(IDTokenProvider)
	if !ok || p.Rules().DisableIDTokenSignIn {
		return nil, ErrIDTokenNotSupported
	}
	if err := verifier.VerifyIDToken(ctx, in.Token, deref(in.Nonce)); err != nil {
		a.Audit(ctx, EventIDTokenRefused, "", slog.String("provider", p.ID()), slog.Any("error", err))
		return nil, ErrInvalidIDToken
	}
	tokens := &OAuthTokens{IDToken: in.Token, AccessToken: deref(in.AccessToken), RefreshToken: deref(in.RefreshToken)}
	profile, err := p.UserInfo(ctx, tokens, form)
	switch {
	case err != nil || profile == nil:
		a.log.ErrorContext(ctx, "reading the profile of an ID token", "provider", p.ID(), "error", err)
		return nil, ErrProviderUserInfo
	case profile.Email == "":
		return nil, ErrUserEmailNotFound
	case !isAccountID(profile.AccountID):
		return nil, ErrProviderUserInfo
	}
	return profile, nil
}
