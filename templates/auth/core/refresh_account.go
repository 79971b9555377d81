package core

import (
	"context"
	"log/slog"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// refreshAccount returns account with new tokens of the provider. Of several callers at once one asks the
// provider and the others get what it got: many providers take a refresh token once and, when they see it
// twice, revoke all that came of it.
func (a *Auth) refreshAccount(ctx context.Context, p RefreshingProvider, account *model.Account) (*model.Account, error) {
	fresh := account
	err := a.exclusively(ctx, "refresh-account:"+account.ID, func(ctx context.Context) error {
		stored, err := a.latestAccount(ctx, account)
		if err != nil {
			return err
		}
		fresh = stored
		if deref(stored.AccessToken) != deref(account.AccessToken) || deref(stored.RefreshToken) != deref(account.RefreshToken) {
			return nil // somebody was faster
		}
		if err := a.refreshTokens(ctx, p, stored); err != nil {
			return err
		}
		_, err = a.updateAccount(ctx, stored)
		return err
	})
	return fresh, err
}

// refreshTokens trades the refresh token of account for new tokens. What the provider leaves out stays as
// it is, and so does the scope: it may be less than what the user has granted.
func (a *Auth) refreshTokens(ctx context.Context, p RefreshingProvider, account *model.Account) error {
	token, err := a.openToken(account.RefreshToken)
	if err != nil {
		return err
	}
	tokens, err := p.Refresh(ctx, token)
	if err != nil {
		return err
	}
	a.Audit(ctx, EventTokensRefreshed, account.UserID, slog.String("provider", p.ID()))
	return a.putTokens(account, tokens)
}
