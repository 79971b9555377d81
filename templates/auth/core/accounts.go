package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// ListedAccount is an account without its secrets.
type ListedAccount struct {
	AccountID  string     `json:"accountId"`
	ProviderID string     `json:"providerId"`
	UserID     string     `json:"userId"`
	CreatedAt  model.Time `json:"createdAt"`
	UpdatedAt  model.Time `json:"updatedAt"`
	ID         string     `json:"id"`
	Scopes     []string   `json:"scopes"`
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
		listed[i] = ListedAccount{
			AccountID: account.AccountID, ProviderID: account.ProviderID, UserID: account.UserID,
			CreatedAt: account.CreatedAt, UpdatedAt: account.UpdatedAt, ID: account.ID, Scopes: splitScopes(account.Scope),
		}
	}
	return listed, nil
}
