package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// ListedAccount is an account without its secrets.
type ListedAccount struct {
	model.Account
	// Scope hides the text the scopes are stored as; it is always nil.
	Scope  *string  `json:"scope,omitempty"`
	Scopes []string `json:"scopes"`
}

// ListAccounts returns the accounts the signed-in user can sign in with.
func (a *Auth) ListAccounts(ctx context.Context, call *Call, _ NoInput) ([]ListedAccount, error) {
	current, err := a.RequireCachedSession(ctx, call)
	if err != nil {
		return nil, err
	}
	accounts, err := a.store.AccountsByUser(ctx, current.User.ID)
	if err != nil {
		return nil, err
	}
	listed := make([]ListedAccount, len(accounts))
	for i, account := range accounts {
		listed[i] = listAccount(account)
	}
	return listed, nil
}

// listAccount leaves out what Go code must not pass on either: JSON never shows it.
func listAccount(account model.Account) ListedAccount {
	scopes := splitScopes(account.Scope)
	account.Password, account.Scope = nil, nil
	account.AccessToken, account.RefreshToken, account.IDToken = nil, nil, nil
	account.AccessTokenExpiresAt, account.RefreshTokenExpiresAt = nil, nil
	return ListedAccount{Account: account, Scopes: scopes}
}
