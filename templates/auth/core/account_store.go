package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

func (a *Auth) insertAccount(ctx context.Context, account *model.Account) error {
	if err := before(ctx, a, accountCreate, account); err != nil {
		return err
	}
	if err := a.store.InsertAccount(ctx, account); err != nil {
		return err
	}
	return after(ctx, a, accountCreate, account)
}

// updateAccount stores a changed account; false when it has been removed meanwhile.
func (a *Auth) updateAccount(ctx context.Context, account *model.Account) (bool, error) {
	account.UpdatedAt = a.Now()
	if err := before(ctx, a, accountUpdate, account); err != nil {
		return false, err
	}
	rows, err := a.store.UpdateAccount(ctx, account)
	if err != nil || rows == 0 {
		return false, err
	}
	return true, after(ctx, a, accountUpdate, account)
}

func (a *Auth) deleteAccount(ctx context.Context, account *model.Account) error {
	if err := before(ctx, a, accountDelete, account); err != nil {
		return err
	}
	if _, err := a.store.DeleteAccount(ctx, account.ID); err != nil {
		return err
	}
	return after(ctx, a, accountDelete, account)
}
