package twofactor

import "context"

// ViewBackupCodes returns the backup codes a user has left. It has no route: call it from your server,
// for a user whose session is fresh.
func (p *Plugin) ViewBackupCodes(ctx context.Context, userID string) (*BackupCodesOutput, error) {
	row, err := p.enrolled(ctx, userID)
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, ErrBackupCodesNotInUse
	}
	codes, err := p.openCodes(ctx, row.BackupCodes)
	if err != nil {
		return nil, err
	}
	return &BackupCodesOutput{Status: true, BackupCodes: codes}, nil
}
