package core

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// ProveAddress marks the address of a user as the one of whoever signs in now. If nobody had proven it so
// far, what was set up until then may be someone else's, who registered the address first: passwords,
// accounts and sessions are removed.
func (a *Auth) ProveAddress(ctx context.Context, userID string) (*model.User, error) {
	var user *model.User
	err := a.InTx(ctx, func(ctx context.Context) error {
		proven := false
		var err error
		user, err = a.ChangeUser(ctx, userID, func(user *model.User) error {
			proven, user.EmailVerified = user.EmailVerified, true
			return nil
		})
		if err != nil || proven {
			return err
		}
		if err := a.RevokeSessions(ctx, userID, ""); err != nil {
			return err
		}
		return a.deleteAccounts(ctx, userID)
	})
	return user, err
}
