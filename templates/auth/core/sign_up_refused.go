package core

import (
	"context"
	"errors"
	"net/http"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// errNotStored marks a sign-up that failed at the row of its user.
var errNotStored = errors.New("the user could not be stored")

// hiddenDuplicate answers a sign-up with a known address the way a new one is answered.
func (a *Auth) hiddenDuplicate(ctx context.Context, synthetic, existing *model.User) *SignUpEmailOutput {
	for i := range a.hooks {
		hooks := a.hooks[i]
		if hooks.SyntheticUser != nil {
			hooks.SyntheticUser(ctx, synthetic)
		}
		if hooks.OnExistingUserSignUp != nil {
			a.Background(ctx, func(ctx context.Context) { hooks.OnExistingUserSignUp(ctx, existing) })
		}
	}
	return &SignUpEmailOutput{User: withoutCountedID(synthetic)}
}

// refusedSignUp answers a sign-up that could not be stored. Another request may have taken the address
// meanwhile; that, and a refusal by a hook, are hidden like a known address.
func (a *Auth) refusedSignUp(ctx context.Context, user *model.User, err error) (*SignUpEmailOutput, error) {
	taken, lookup := a.takenMeanwhile(ctx, user, err)
	if lookup != nil {
		return nil, lookup
	}
	var refused *Error
	known := errors.As(err, &refused)
	forbidden := known && refused.Status == http.StatusForbidden
	if taken || forbidden {
		a.Audit(ctx, EventSignUpRefused, "")
	}
	switch {
	case a.hidesKnownAddresses() && (taken || forbidden):
		return a.hiddenDuplicate(ctx, user, user), nil
	case taken:
		return nil, ErrUserExists
	case errors.Is(err, ErrCanceled):
		return nil, ErrSignUpCanceled
	case !known && errors.Is(err, errNotStored):
		return nil, a.unstored(ctx, err)
	}
	return nil, err
}

// takenMeanwhile reports that err is a conflict with the address of user. Other fields may be unique, too, and
// databases do not agree on how to say which one it was.
func (a *Auth) takenMeanwhile(ctx context.Context, user *model.User, err error) (bool, error) {
	if !errors.Is(err, model.ErrConflict) {
		return false, nil
	}
	owner, err := found(a.store.UserByEmail(ctx, user.Email))
	return owner != nil, err
}

// unstored is the answer where the database, or a hook without a reason for the client, refused the row of a
// user: Better Auth 1.7.5 tells the client as much. What it was is for the log.
func (a *Auth) unstored(ctx context.Context, err error) error {
	if errors.Is(err, model.ErrConflict) {
		a.Audit(ctx, EventSignUpRefused, "")
	} else {
		a.log.ErrorContext(ctx, "sign-up failed", "error", err)
	}
	return ErrCreateUser
}
