// Package twofactor is the Store interface the queries of two-factor are written for.
package twofactor

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

type Store interface {
	TwoFactorByUserID(ctx context.Context, userID string) (*model.TwoFactor, error)
	InsertTwoFactor(ctx context.Context, row *model.TwoFactor) error
	UpdateTwoFactor(ctx context.Context, row *model.TwoFactor) (int64, error)
	MarkTwoFactorVerified(ctx context.Context, id string) (int64, error)
	DeleteTwoFactorByUserID(ctx context.Context, userID string) (int64, error)
	SwapBackupCodes(ctx context.Context, id, from, to string) (int64, error)
	ChargeAttempt(ctx context.Context, id string, now model.Time) (int64, error)
	LockTwoFactor(ctx context.Context, id string, until model.Time, minFailures int64) (int64, error)
	ReleaseLock(ctx context.Context, id string, now model.Time) (int64, error)
	ResetFailures(ctx context.Context, id string) (int64, error)
	DeleteUserVerifications(ctx context.Context, userID string) (int64, error)
}
