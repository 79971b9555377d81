package core

import (
	"context"
	"errors"
	"net/http"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// errNotStored marks a sign-up that failed at the row of its user.
var errNotStored = errors.New("the user could not be stored")

// knownSignUp answers a sign-up with a known address, where that is hidden.
func (a *Auth) knownSignUp(ctx context.Context, synthetic, existing *model.User) (*SignUpEmailOutput, error) {
	if err := a.rehearse(ctx, synthetic); err != nil {
		return nil, a.unstored(ctx, err)
	}
	return a.hiddenDuplicate(ctx, synthetic, existing), nil
}

// errRehearsed takes a rehearsal back.
var errRehearsed = errors.New("rehearsed")

// rehearse stores a user under an address nobody has and takes it back. A sign-up the database refuses for
// another reason than its address, such as a unique field, must be refused for known addresses, too: else the
// refusal would tell that an address is new.
func (a *Auth) rehearse(ctx context.Context, user *model.User) error {
	trial := *user
	trial.Email = secure.Token() + "@invalid"
	err := a.store.InTx(ctx, func(ctx context.Context) error {
		if err := a.store.InsertUser(ctx, &trial); err != nil {
			return err
		}
		_, err := a.store.DeleteUser(ctx, trial.ID) // in a transaction of the caller's nothing is rolled back here
		return errors.Join(errRehearsed, err)
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

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
