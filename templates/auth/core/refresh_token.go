package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// RefreshTokenOutput are the tokens of an account after a refresh.
type RefreshTokenOutput struct {
	AccessToken           string      `json:"accessToken,omitempty"`
	RefreshToken          string      `json:"refreshToken"`
	AccessTokenExpiresAt  *model.Time `json:"accessTokenExpiresAt,omitempty"`
	RefreshTokenExpiresAt *model.Time `json:"refreshTokenExpiresAt"`
	Scope                 *string     `json:"scope"`
	IDToken               *string     `json:"idToken"`
	ProviderID            string      `json:"providerId"`
	// AccountID is the id of the account's row.
	AccountID string `json:"accountId"`
}

// RefreshToken asks a provider for new tokens of one of the caller's accounts.
func (a *Auth) RefreshToken(ctx context.Context, call *Call, in AccountSelection) (*RefreshTokenOutput, error) {
	account, err := a.selectAccount(ctx, call, in)
	if err != nil {
		return nil, err
	}
	provider := a.Provider(account.ProviderID)
	refresher, ok := provider.(RefreshingProvider)
	switch {
	case provider == nil:
		return nil, ErrProviderNotSupported.With("Provider " + account.ProviderID + " is not supported.")
	case !ok:
		return nil, ErrRefreshNotSupported.With("Provider " + account.ProviderID + " does not support token refreshing.")
	case deref(account.RefreshToken) == "":
		return nil, ErrRefreshTokenNotFound
	}
	out, err := a.refreshed(ctx, call, in, refresher, account)
	if err != nil {
		a.log.ErrorContext(ctx, "refreshing tokens", "provider", provider.ID(), "user", account.UserID, "error", err)
		return nil, ErrRefreshAccessToken
	}
	return out, nil
}

func (a *Auth) refreshed(ctx context.Context, call *Call, in AccountSelection, p RefreshingProvider, account *model.Account) (*RefreshTokenOutput, error) {
	account, err := a.refreshAccount(ctx, p, account)
	if err != nil {
		return nil, err
	}
	if in.UseAccountCookie {
		a.setAccountCookie(call, account)
	}
	access, err := a.openToken(account.AccessToken)
	if err != nil {
		return nil, err
	}
	refresh, err := a.openToken(account.RefreshToken)
	return &RefreshTokenOutput{
		AccessToken: access, RefreshToken: refresh,
		AccessTokenExpiresAt: account.AccessTokenExpiresAt, RefreshTokenExpiresAt: account.RefreshTokenExpiresAt,
		Scope: account.Scope, IDToken: account.IDToken, ProviderID: account.ProviderID, AccountID: account.ID,
	}, err
}
