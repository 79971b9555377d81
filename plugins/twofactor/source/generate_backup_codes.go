package twofactor

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// GenerateBackupCodesInput is the body of POST /two-factor/generate-backup-codes.
type GenerateBackupCodesInput struct {
	Password *string `json:"password"`
}

// BackupCodesOutput is a set of backup codes.
type BackupCodesOutput struct {
	Status      bool     `json:"status"`
	BackupCodes []string `json:"backupCodes"`
}

// GenerateBackupCodes replaces the caller's backup codes; the old ones are void.
func (p *Plugin) GenerateBackupCodes(ctx context.Context, call *core.Call, in GenerateBackupCodesInput) (*BackupCodesOutput, error) {
	rule := p.passwordRule(in.Password, p.options.BackupCodeOptions.AllowPasswordless)
	current, err := p.session(ctx, call, rule)
	if err != nil {
		return nil, err
	}
	if !enabled(current.User) {
		return nil, ErrNotEnabled
	}
	if err := p.confirm(ctx, current.User.ID, rule); err != nil {
		return nil, err
	}
	row, err := p.enrolled(ctx, current.User.ID)
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, ErrNotEnabled
	}
	codes, stored, err := p.newBackupCodes(ctx)
	if err != nil {
		return nil, err
	}
	if err := p.swapCodes(ctx, row, stored); err != nil {
		return nil, err
	}
	p.auth.Audit(ctx, EventBackupCodesReplaced, current.User.ID)
	return &BackupCodesOutput{Status: true, BackupCodes: codes}, nil
}
