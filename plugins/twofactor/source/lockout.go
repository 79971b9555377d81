package twofactor

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// unlock refuses a locked second factor and releases one whose lock is over.
func (p *Plugin) unlock(ctx context.Context, row *model.TwoFactor) error {
	if !p.options.AccountLockout.Enabled || row.LockedUntil == nil {
		return nil
	}
	now := p.auth.Now()
	if row.LockedUntil.After(now.Time) {
		return ErrLocked
	}
	_, err := p.store.ReleaseLock(ctx, row.ID, now)
	return err
}

// charge counts a failure before the code is looked at; a right code takes it back. Counted afterwards,
// codes tried at the same time on many challenges would all be compared before the first one counts.
func (p *Plugin) charge(ctx context.Context, row *model.TwoFactor) error {
	lockout := p.options.AccountLockout
	if !lockout.Enabled {
		return nil
	}
	now := p.auth.Now()
	return p.auth.InTx(ctx, func(ctx context.Context) error {
		charged, err := p.store.ChargeAttempt(ctx, row.ID, now)
		if err != nil {
			return err
		}
		if charged == 0 {
			return ErrLocked
		}
		_, err = p.store.LockTwoFactor(ctx, row.ID, now.Add(lockout.duration()), int64(lockout.MaxFailedAttempts))
		return err
	})
}

func (p *Plugin) resetFailures(ctx context.Context, row *model.TwoFactor) error {
	if !p.options.AccountLockout.Enabled {
		return nil
	}
	_, err := p.store.ResetFailures(ctx, row.ID)
	return err
}

// counter returns the row that counts the failures of a user. Who has only ever used codes that are
// sent has none and gets one without a secret, which enrolled does not see.
func (p *Plugin) counter(ctx context.Context, userID string) (*model.TwoFactor, error) {
	row, err := p.row(ctx, userID)
	if err != nil || row != nil {
		return row, err
	}
	err = p.auth.InTx(ctx, func(ctx context.Context) error {
		if _, err := p.store.UserForUpdate(ctx, userID); err != nil {
			return err
		}
		if row, err = p.row(ctx, userID); err != nil || row != nil {
			return err
		}
		row = p.newRow(userID)
		return p.store.InsertTwoFactor(ctx, row)
	})
	return row, err
}

// newRow returns a row without a secret that is not stored yet.
func (p *Plugin) newRow(userID string) *model.TwoFactor {
	row := &model.TwoFactor{}
	row.SetDefaults()
	unproven := false
	row.ID, row.UserID, row.Verified = p.auth.NewID("twoFactor"), userID, &unproven
	return row
}
