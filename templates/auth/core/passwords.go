package core

import (
	"context"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// checkPasswordLength counts as JavaScript does, in UTF-16 code units, so that client and server agree.
func (a *Auth) checkPasswordLength(password string) error {
	length := web.Length(password)
	switch opts := a.opts.EmailAndPassword; {
	case length < opts.MinPasswordLength:
		return ErrPasswordTooShort
	case length > opts.MaxPasswordLength:
		return ErrPasswordTooLong
	}
	return nil
}

// HashNewPassword hashes a password that is to be stored, unless a NewPassword hook refuses it. path is the
// endpoint's.
func (a *Auth) HashNewPassword(ctx context.Context, path, password string) (string, error) {
	for i := range a.hooks {
		if hook := a.hooks[i].NewPassword; hook != nil {
			if err := hook(ctx, path, password); err != nil {
				return "", err
			}
		}
	}
	return a.HashPassword(ctx, password)
}

// HashPassword hashes with the configured algorithm. It may wait for its turn.
func (a *Auth) HashPassword(ctx context.Context, password string) (string, error) {
	return a.hasher.Hash(ctx, password)
}

// CheckPassword reports whether password is the one of account. Without an account, or one without a
// password, it spends the same time before it says no, so that the time does not tell which it was.
// A hash of another algorithm than the configured one is replaced.
func (a *Auth) CheckPassword(ctx context.Context, account *model.Account, password string) (bool, error) {
	if account == nil || account.Password == nil {
		_, err := a.hasher.Hash(ctx, password)
		return false, err
	}
	stored := *account.Password
	ok, err := a.hasher.Verify(ctx, password, stored)
	if err != nil || !ok {
		return false, err
	}
	if a.hasher.NeedsRehash(stored) {
		a.rehash(ctx, account, password)
	}
	return true, nil
}

// rehash moves a password to the configured algorithm. The sign-in does not depend on it.
func (a *Auth) rehash(ctx context.Context, account *model.Account, password string) {
	hash, err := a.hasher.Hash(ctx, password)
	if err == nil {
		err = a.setPassword(ctx, account, hash)
	}
	if err != nil {
		a.log.WarnContext(ctx, "rehashing a password", "user", account.UserID, "error", err)
	}
}

// setPassword stores a new hash in an account.
func (a *Auth) setPassword(ctx context.Context, account *model.Account, hash string) error {
	account.Password, account.UpdatedAt = &hash, a.Now()
	if err := before(ctx, a, accountUpdate, account); err != nil {
		return err
	}
	if _, err := a.store.SetAccountPassword(ctx, account.ID, account.Password, account.UpdatedAt); err != nil {
		return err
	}
	return after(ctx, a, accountUpdate, account)
}

// CredentialAccount returns the account that holds the password of a user; nil when there is none.
func (a *Auth) CredentialAccount(ctx context.Context, userID string) (*model.Account, error) {
	return found(a.store.CredentialAccount(ctx, userID))
}

// ConfirmPassword checks the password of a signed-in user. The error is ErrInvalidPassword when it is
// wrong or the user has none, and ErrTooManyFailures after too many wrong ones.
func (a *Auth) ConfirmPassword(ctx context.Context, userID, password string) error {
	err := a.confirmCredential(ctx, userID, password)
	if errors.Is(err, ErrCredentialAccountNotFound) {
		return ErrInvalidPassword
	}
	return err
}

// confirmCredential is ConfirmPassword that tells a user without a password from a wrong one.
func (a *Auth) confirmCredential(ctx context.Context, userID, password string) error {
	_, err := a.confirmPassword(ctx, userID, password)
	if errors.Is(err, ErrInvalidPassword) {
		a.Audit(ctx, EventPasswordRefused, userID)
	}
	return err
}
