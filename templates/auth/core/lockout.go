package core

import (
	"context"
	"fmt"
	"log/slog"
	"math"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Wrong passwords count against the account, wherever they come from. Each is a row of table
// verification that lives as long as it counts, so that a successful sign-in need not reset anything.
//
// An account with too many is not found by the statement that reads it for a sign-in: a guess costs the
// same, and gets the same answer, as one at an account that does not exist. The lock is no means to keep
// somebody out: it ends by itself, refused guesses do not prolong it, a reset by mail ends it at once,
// sessions and other ways to sign in are not concerned, and where the user has a session from the same
// address only the failures from there count.

// Failures says which failed guesses keep a password from being checked. Statements that read an account
// for a sign-in have to respect it: see query CredentialByEmail.
type Failures struct {
	Address string // of the client
	Now     model.Time
	Max     int64 // what is allowed is less
}

// CheckCredential returns the user find finds, provided that password is the right one. It is nil when
// the password is wrong, when there is no such user, and when too many guesses have failed: these take
// the same time. name is what the client called the user.
func (a *Auth) CheckCredential(ctx context.Context, call *Call, name, password string, find func(Failures) (*model.User, *model.Account, error)) (*model.User, error) {
	open, err := a.guesses.begin(ctx, name, a.opts.EmailAndPassword.Lockout.MaxAttempts)
	if err != nil {
		return nil, err
	}
	defer open.end()
	failures := a.failures(call, open)
	user, account, err := find(failures)
	if account, err = found(account, err); err != nil {
		return nil, err
	}
	ok, err := a.CheckPassword(ctx, account, password)
	if err != nil || ok {
		return user, err
	}
	userID := ""
	if account != nil {
		userID = account.UserID
		a.recordFailure(ctx, open, signInFailures(userID), userID, failures.Address)
	}
	a.Audit(ctx, EventSignInRefused, userID)
	return nil, nil
}

// confirmPassword returns the account whose password a signed-in user has proven to know. Who guesses
// here has stolen a session: it must not keep the user from signing in, so these failures are counted
// apart. The error is ErrCredentialAccountNotFound, ErrInvalidPassword or ErrTooManyFailures.
func (a *Auth) confirmPassword(ctx context.Context, userID, password string) (*model.Account, error) {
	open, err := a.guesses.begin(ctx, userID, a.opts.EmailAndPassword.Lockout.MaxAttempts)
	if err != nil {
		return nil, err
	}
	defer open.end()
	identifier, failures := confirmFailures(userID), a.failures(nil, open)
	account, err := found(a.store.UnlockedCredential(ctx, userID, identifier, failures.Now, failures.Max))
	switch {
	case err != nil:
		return nil, err
	case account == nil:
		return nil, a.whyLocked(ctx, userID)
	case account.Password == nil:
		return nil, ErrCredentialAccountNotFound
	}
	ok, err := a.CheckPassword(ctx, account, password)
	if err != nil {
		return nil, err
	}
	if !ok {
		a.recordFailure(ctx, open, identifier, userID, failures.Address)
		return nil, ErrInvalidPassword
	}
	return account, nil
}

// whyLocked tells a user without a password from one with too many failures.
func (a *Auth) whyLocked(ctx context.Context, userID string) error {
	account, err := a.CredentialAccount(ctx, userID)
	switch {
	case err != nil:
		return err
	case account == nil:
		return ErrCredentialAccountNotFound
	}
	return ErrTooManyFailures
}

// failures returns what counts for a guess that is open, next to others.
func (a *Auth) failures(call *Call, open *guess) Failures {
	failures := Failures{Address: "unknown", Now: a.Now(), Max: math.MaxInt64}
	if call != nil {
		failures.Address = firstOf(a.clientAddress(call.request), failures.Address)
	}
	if lockout := a.opts.EmailAndPassword.Lockout; lockout.Enabled {
		failures.Max = int64(lockout.MaxAttempts - open.others)
	}
	return failures
}

// signInFailures is the identifier that the statements make of a user's id.
func signInFailures(userID string) string { return "password-failure:" + userID }

func confirmFailures(userID string) string { return "password-confirm-failure:" + userID }

// recordFailure stores a failure after the answer has been sent: the time of the answer must not tell
// that there is an account. The guess is open until then.
func (a *Auth) recordFailure(ctx context.Context, open *guess, identifier, userID, address string) {
	lockout := a.opts.EmailAndPassword.Lockout
	if !lockout.Enabled {
		return
	}
	now := a.Now()
	row := &model.Verification{
		ID: a.NewID("verification"), Identifier: identifier, Value: address,
		ExpiresAt: now.Add(seconds(lockout.Window)), CreatedAt: now, UpdatedAt: now,
	}
	row.SetDefaults()
	open.hold()
	a.Background(ctx, func(ctx context.Context) {
		defer open.end()
		if err := a.countFailure(ctx, row, userID); err != nil {
			a.log.ErrorContext(ctx, "counting a wrong password", "user", userID, "error", err)
		}
	})
}

func (a *Auth) countFailure(ctx context.Context, row *model.Verification, userID string) error {
	if err := a.store.InsertVerification(ctx, row); err != nil {
		return err
	}
	n, err := a.store.CountVerifications(ctx, row.Identifier, a.Now())
	if err != nil {
		return err
	}
	if n == int64(a.opts.EmailAndPassword.Lockout.MaxAttempts) {
		a.Audit(ctx, EventPasswordLocked, userID, slog.Int64("failures", n))
	}
	return a.deleteExpired(ctx)
}

// unlockPassword forgets failed guesses: the user has proven to own the mailbox.
func (a *Auth) unlockPassword(ctx context.Context, userID string) error {
	if !a.opts.EmailAndPassword.Lockout.Enabled {
		return nil
	}
	_, err := a.store.DeleteVerificationsByIdentifier(ctx, signInFailures(userID))
	return err
}

// maxFailures is the most guesses NIST SP 800-63B allows in a row.
const maxFailures = 100

// validate reports a lockout that would lock everybody out, or hardly anybody.
func (o LockoutOptions) validate() error {
	switch {
	case !o.Enabled:
	case o.MaxAttempts < 1 || o.MaxAttempts > maxFailures:
		return fmt.Errorf("emailAndPassword.lockout.maxAttempts is %d, want 1 to %d", o.MaxAttempts, maxFailures)
	case o.Window < 1:
		return fmt.Errorf("emailAndPassword.lockout.window is %d seconds", o.Window)
	}
	return nil
}
