package twofactor

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// VerifyBackupCodeInput is the body of POST /two-factor/verify-backup-code.
type VerifyBackupCodeInput struct {
	Code           string `json:"code"`
	DisableSession *bool  `json:"disableSession"` // use the code up without opening a session
	TrustDevice    *bool  `json:"trustDevice"`    // do not ask on this device again
}

// VerifyBackupCode uses a backup code up. It ends a sign-in that waits for a second factor.
func (p *Plugin) VerifyBackupCode(ctx context.Context, call *core.Call, in VerifyBackupCodeInput) (*VerifiedOutput, error) {
	who, err := p.verifier(ctx, call)
	if err != nil {
		return nil, err
	}
	row, err := p.enrolled(ctx, who.user.ID)
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, ErrBackupCodesNotInUse
	}
	err = p.attempt(ctx, call, who, row, ErrInvalidBackupCode, func() (bool, error) {
		return p.spendBackupCode(ctx, row, in.Code)
	})
	if err != nil {
		return nil, err
	}
	if in.DisableSession == nil || !*in.DisableSession {
		return p.succeed(ctx, call, who, in.TrustDevice)
	}
	if who.session != nil {
		return who.current(), nil
	}
	return &VerifiedOutput{User: who.user}, nil
}

// spendBackupCode removes a code from the set; false when it is not in there. The new set only replaces
// the one that was read, so a code is spent once however many requests try at the same time.
func (p *Plugin) spendBackupCode(ctx context.Context, row *model.TwoFactor, code string) (bool, error) {
	codes, err := p.openCodes(ctx, row.BackupCodes)
	if err != nil {
		return false, err
	}
	rest, ok := withoutCode(codes, code)
	if !ok {
		return false, nil
	}
	stored, err := p.sealCodes(ctx, rest)
	if err != nil {
		return false, err
	}
	return true, p.swapCodes(ctx, row, stored)
}

func (p *Plugin) swapCodes(ctx context.Context, row *model.TwoFactor, stored string) error {
	swapped, err := p.store.SwapBackupCodes(ctx, row.ID, row.BackupCodes, stored)
	if err == nil && swapped == 0 {
		return ErrBackupCodesChanged
	}
	return err
}
