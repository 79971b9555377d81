package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// credentialProvider is the provider of accounts that hold a password.
const credentialProvider = "credential"

// CreateUser stores a user and, when password is not nil, the account that holds its hash.
// The error is model.ErrConflict when the address, or another unique field, is taken.
func (a *Auth) CreateUser(ctx context.Context, user *model.User, password *string) error {
	return a.InTx(ctx, func(ctx context.Context) error {
		if err := before(ctx, a, userCreate, user); err != nil {
			return err
		}
		if err := a.store.InsertUser(ctx, user); err != nil {
			return err
		}
		if err := after(ctx, a, userCreate, user); err != nil {
			return err
		}
		if password == nil {
			return nil
		}
		return a.createCredential(ctx, user.ID, *password)
	})
}

// createCredential stores the account that holds the password hash of a user.
func (a *Auth) createCredential(ctx context.Context, userID, hash string) error {
	now := a.Now()
	account := &model.Account{
		ID: a.NewID("account"), AccountID: userID, ProviderID: credentialProvider, UserID: userID,
		Password: &hash, CreatedAt: now, UpdatedAt: now,
	}
	account.SetDefaults()
	return a.insertAccount(ctx, account)
}

// ChangeUser reads the row of a user under a lock, lets change edit it and stores the result, so that
// two changes at once cannot undo each other.
func (a *Auth) ChangeUser(ctx context.Context, id string, change func(user *model.User) error) (*model.User, error) {
	var changed *model.User
	err := a.InTx(ctx, func(ctx context.Context) error {
		user, err := a.store.UserForUpdate(ctx, id)
		if err != nil {
			return err
		}
		if err := change(user); err != nil {
			return err
		}
		user.UpdatedAt = a.Now()
		if err := before(ctx, a, userUpdate, user); err != nil {
			return err
		}
		if _, err := a.store.UpdateUser(ctx, user); err != nil {
			return err
		}
		changed = user
		if err := afterCommit(ctx, func(ctx context.Context) error { a.RefreshUserSessions(ctx, user); return nil }); err != nil {
			return err
		}
		return after(ctx, a, userUpdate, user)
	})
	return changed, err
}

// removeUser deletes a user with everything that belongs to it. Databases made by other tools may lack
// the foreign keys that would delete the rest, so it does not rely on them.
func (a *Auth) removeUser(ctx context.Context, user *model.User) error {
	return a.InTx(ctx, func(ctx context.Context) error {
		if err := before(ctx, a, userDelete, user); err != nil {
			return err
		}
		if err := a.RevokeSessions(ctx, user.ID, ""); err != nil {
			return err
		}
		if a.preservesRows() && a.sessionRows() { // a user who is gone leaves none
			if _, err := a.store.DeleteOtherSessions(ctx, user.ID, ""); err != nil {
				return err
			}
		}
		if err := a.deleteAccounts(ctx, user.ID); err != nil {
			return err
		}
		if _, err := a.store.DeleteUser(ctx, user.ID); err != nil {
			return err
		}
		return after(ctx, a, userDelete, user)
	})
}

// deleteAccounts removes every account of a user.
func (a *Auth) deleteAccounts(ctx context.Context, userID string) error {
	accounts, err := a.store.AccountsByUser(ctx, userID)
	if err != nil {
		return err
	}
	for i := range accounts {
		if err := before(ctx, a, accountDelete, &accounts[i]); err != nil {
			return err
		}
		if err := after(ctx, a, accountDelete, &accounts[i]); err != nil {
			return err
		}
	}
	_, err = a.store.DeleteAccountsByUser(ctx, userID)
	return err
}

func userCreate(h *Hooks) WriteHook[model.User]       { return h.UserCreate }
func userUpdate(h *Hooks) WriteHook[model.User]       { return h.UserUpdate }
func userDelete(h *Hooks) WriteHook[model.User]       { return h.UserDelete }
func accountCreate(h *Hooks) WriteHook[model.Account] { return h.AccountCreate }
func accountUpdate(h *Hooks) WriteHook[model.Account] { return h.AccountUpdate }
func accountDelete(h *Hooks) WriteHook[model.Account] { return h.AccountDelete }
