package core

import (
	"context"
	"errors"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// accessTokenLeeway is how long an access token must still live to be handed out (Better Auth 1.7.5).
const accessTokenLeeway = 5 * time.Second

// AccessTokenOutput is an access token that is valid now.
type AccessTokenOutput struct {
	AccessToken          string      `json:"accessToken"`
	AccessTokenExpiresAt *model.Time `json:"accessTokenExpiresAt,omitempty"`
	Scopes               []string    `json:"scopes"`
	IDToken              *string     `json:"idToken,omitempty"`
}

// GetAccessToken returns the caller's access token at a provider, refreshed when it is about to expire.
func (a *Auth) GetAccessToken(ctx context.Context, call *Call, in AccountSelection) (*AccessTokenOutput, error) {
	account, err := a.selectAccount(ctx, call, in)
	if err != nil {
		return nil, err
	}
	provider := a.Provider(account.ProviderID)
	if provider == nil {
		return nil, ErrProviderNotSupported.With("Provider " + account.ProviderID + " is not supported.")
	}
	return a.validAccessToken(ctx, call, provider, account)
}

func (a *Auth) validAccessToken(ctx context.Context, call *Call, p Provider, account *model.Account) (*AccessTokenOutput, error) {
	out, err := a.currentTokens(ctx, call, p, account)
	if err != nil {
		a.log.ErrorContext(ctx, "getting an access token", "provider", p.ID(), "user", account.UserID, "error", err)
		return nil, ErrGetAccessToken
	}
	return out, nil
}

func (a *Auth) currentTokens(ctx context.Context, call *Call, p Provider, account *model.Account) (*AccessTokenOutput, error) {
	refresher, ok := p.(RefreshingProvider)
	if ok && deref(account.RefreshToken) != "" && a.expiring(account) {
		fresh, err := a.refreshAccount(ctx, refresher, account)
		if err != nil {
			return nil, err
		}
		account = fresh
		a.setAccountCookie(call, account)
	}
	token, err := a.openToken(account.AccessToken)
	if err != nil {
		return nil, errors.New("the stored access token cannot be decrypted")
	}
	return &AccessTokenOutput{
		AccessToken: token, AccessTokenExpiresAt: account.AccessTokenExpiresAt,
		Scopes: splitScopes(account.Scope), IDToken: account.IDToken,
	}, nil
}

// expiring reports that the access token of account is worthless, or about to be.
func (a *Auth) expiring(account *model.Account) bool {
	expiresAt := account.AccessTokenExpiresAt
	return expiresAt != nil && expiresAt.Sub(a.now()) < accessTokenLeeway
}
