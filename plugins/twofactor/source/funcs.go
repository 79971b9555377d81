package twofactor

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Funcs are the parts of the plugin that only the application can know. Every member may be nil.
type Funcs struct {
	// SendOTP delivers a code to user, by mail or otherwise. It is called in the background; errors are
	// logged. Nil: codes that are sent are not available.
	SendOTP func(ctx context.Context, call *core.Call, user *model.User, otp string) error
	// HashOTP replaces otpOptions.storeOTP: what it returns is stored, and compared with what it
	// returns for the code that is entered.
	HashOTP func(ctx context.Context, otp string) (string, error)
	// OTPCipher replaces otpOptions.storeOTP.
	OTPCipher *Cipher
	// BackupCodeCipher replaces backupCodeOptions.storeBackupCodes.
	BackupCodeCipher *Cipher
	// GenerateBackupCodes makes a set of backup codes. They must be hard to guess.
	GenerateBackupCodes func() []string
}

// A Cipher keeps texts unreadable in the database. Both members must be set.
type Cipher struct {
	Encrypt func(ctx context.Context, text string) (string, error)
	Decrypt func(ctx context.Context, text string) (string, error)
}
