package core

import (
	"context"
	"log/slog"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// linkImplicitly adds the account of a profile to the user who has its address, where that is safe.
func (a *Auth) linkImplicitly(ctx context.Context, call *Call, in *socialSignIn, user *model.User) (*model.User, error) {
	if !a.mayLinkImplicitly(call, in, user) {
		return nil, refusedLink
	}
	account, err := a.newAccount(user.ID, in.provider, in.profile, in.tokens, in.scope)
	if err != nil {
		return nil, err
	}
	err = a.InTx(ctx, func(ctx context.Context) error {
		if !user.EmailVerified && in.profile.vouchesFor(user) {
			if user, err = a.ProveAddress(ctx, user.ID); err != nil {
				return err
			}
		}
		return a.insertAccount(ctx, account)
	})
	if err != nil {
		return nil, a.refusedWrite(ctx, err, failedLink)
	}
	a.Audit(ctx, EventAccountLinked, user.ID, slog.String("provider", in.provider.ID()))
	a.setAccountCookie(call, account)
	user = a.copyOnLink(ctx, user, in.profile)
	if in.overrides {
		return a.copyOnSignIn(ctx, user, in.profile)
	}
	return user, nil
}

// mayLinkImplicitly reports that whoever is behind the profile owns the address, and that the user does,
// too: an account registered with somebody else's address must not become theirs.
func (a *Auth) mayLinkImplicitly(call *Call, in *socialSignIn, user *model.User) bool {
	opts := a.opts.Account.AccountLinking
	provider := in.profile.EmailVerified || a.trustsProvider(call, in.provider.ID())
	local := user.EmailVerified || !opts.RequireLocalEmailVerified
	return provider && local && opts.Enabled && !opts.DisableImplicitLinking
}
