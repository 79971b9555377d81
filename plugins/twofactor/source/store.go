package twofactor

import (
	"context"
	"errors"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Store is what the plugin needs of the database. Package store implements it with the queries of
// store/queries/two_factor.sql: each method is the query of the same name.
type Store interface {
	UserByID(ctx context.Context, id string) (*model.User, error)
	// UserForUpdate locks the row until the transaction ends.
	UserForUpdate(ctx context.Context, id string) (*model.User, error)

	TwoFactorByUserID(ctx context.Context, userID string) (*model.TwoFactor, error)
	InsertTwoFactor(ctx context.Context, twoFactor *model.TwoFactor) error
	// UpdateTwoFactor changes the secret, the backup codes and whether they are verified.
	UpdateTwoFactor(ctx context.Context, twoFactor *model.TwoFactor) (int64, error)
	MarkTwoFactorVerified(ctx context.Context, id string) (int64, error)
	DeleteTwoFactorByUserID(ctx context.Context, userID string) (int64, error)
	// SwapBackupCodes changes nothing when the codes are no longer those it is to replace.
	SwapBackupCodes(ctx context.Context, id, from, to string) (int64, error)

	// ChargeAttempt counts an attempt, unless the second factor is locked.
	ChargeAttempt(ctx context.Context, id string, now model.Time) (int64, error)
	// LockTwoFactor locks a second factor with that many failures.
	LockTwoFactor(ctx context.Context, id string, until model.Time, minFailures int64) (int64, error)
	// ReleaseLock forgets a lock that is over, and the failures that led to it.
	ReleaseLock(ctx context.Context, id string, now model.Time) (int64, error)
	ResetFailures(ctx context.Context, id string) (int64, error)

	// DeleteUserVerifications deletes the single-use values that stand for a user, trusted devices among them.
	DeleteUserVerifications(ctx context.Context, userID string) (int64, error)
}

// row returns the second factor of a user; nil when there is none.
func (p *Plugin) row(ctx context.Context, userID string) (*model.TwoFactor, error) {
	row, err := p.store.TwoFactorByUserID(ctx, userID)
	if errors.Is(err, model.ErrNotFound) {
		return nil, nil
	}
	return row, err
}

// enrolled is row that leaves out a row which only counts failures, see counter.
func (p *Plugin) enrolled(ctx context.Context, userID string) (*model.TwoFactor, error) {
	row, err := p.row(ctx, userID)
	if err != nil || row == nil || row.Secret == "" {
		return nil, err
	}
	return row, nil
}

// proven reports that the user has shown a code of the secret. Rows from before the column existed count.
func proven(row *model.TwoFactor) bool {
	return row != nil && (row.Verified == nil || *row.Verified)
}

// enabled reports that user signs in with two factors.
func enabled(user *model.User) bool {
	return user.TwoFactorEnabled != nil && *user.TwoFactorEnabled
}
