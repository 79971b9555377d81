package core

import (
	"context"
	"log/slog"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// signUpSocial makes a user of a profile.
func (a *Auth) signUpSocial(ctx context.Context, call *Call, in *socialSignIn) (*model.User, error) {
	rules := in.provider.Rules()
	if rules.DisableSignUp || rules.DisableImplicitSignUp && !in.signUp {
		return nil, refusedSignUp
	}
	user, err := a.profileUser(ctx, in.profile)
	if err != nil {
		return nil, err
	}
	account, err := a.newAccount(user.ID, in.provider, in.profile, in.tokens, in.scope)
	if err != nil {
		return nil, err
	}
	err = a.InTx(ctx, func(ctx context.Context) error {
		if err := a.CreateUser(ctx, user, nil); err != nil {
			return err
		}
		account.UserID = user.ID // which the database may have made just now
		return a.insertAccount(ctx, account)
	})
	if err != nil {
		return nil, a.refusedWrite(ctx, err, failedUser)
	}
	in.registered = true
	a.setAccountCookie(call, account)
	a.Audit(ctx, EventSignUp, user.ID, slog.String("method", "social"), slog.String("provider", in.provider.ID()))
	return user, nil
}
