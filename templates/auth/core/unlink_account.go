package core

import (
	"context"
	"log/slog"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// UnlinkAccountInput is the body of POST /unlink-account.
type UnlinkAccountInput struct {
	// AccountID is the id of the account's row.
	AccountID string `json:"accountId"`
}

// UnlinkAccount removes one of the signed-in user's accounts, but not the last one: nobody could sign in
// any more.
func (a *Auth) UnlinkAccount(ctx context.Context, call *Call, in UnlinkAccountInput) (*StatusOutput, error) {
	current, err := a.RequireFreshSession(ctx, call)
	if err != nil {
		return nil, err
	}
	var account *model.Account
	err = a.InTx(ctx, func(ctx context.Context) error {
		// The lock keeps two requests at once from each leaving the other's account. A user who is not there
		// has no accounts.
		if _, err := found(a.store.UserForUpdate(ctx, current.User.ID)); err != nil {
			return err
		}
		accounts, err := a.store.AccountsByUser(ctx, current.User.ID)
		if err != nil {
			return err
		}
		if len(accounts) == 1 && !a.opts.Account.AccountLinking.AllowUnlinkingAll {
			return ErrUnlinkLastAccount
		}
		if account = accountOf(accounts, in.AccountID); account == nil {
			return ErrAccountNotFound
		}
		return a.deleteAccount(ctx, account)
	})
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, EventAccountUnlinked, current.User.ID, slog.String("provider", account.ProviderID))
	return &StatusOutput{Status: true}, nil
}

// accountOf returns the account of an id; nil when it is not among them.
func accountOf(accounts []model.Account, id string) *model.Account {
	for i := range accounts {
		if accounts[i].ID == id {
			return &accounts[i]
		}
	}
	return nil
}
