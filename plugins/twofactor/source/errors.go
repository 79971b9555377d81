package twofactor

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

// The errors of the plugin.
var (
	ErrInvalidCode       = core.NewError(401, "INVALID_CODE", "Invalid code")
	ErrInvalidBackupCode = core.NewError(401, "INVALID_BACKUP_CODE", "Invalid backup code")
	ErrInvalidCookie     = core.NewError(401, "INVALID_TWO_FACTOR_COOKIE", "Invalid two factor cookie")
	ErrTooManyAttempts   = core.NewError(400, "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE", "Too many attempts. Please request a new code.")
	ErrLocked            = core.NewError(429, "ACCOUNT_TEMPORARILY_LOCKED", "Too many failed verification attempts. Your account is temporarily locked. Please try again later.")
	ErrInvalidate        = core.NewError(500, "FAILED_TO_INVALIDATE_TWO_FACTOR_CHALLENGE", "Failed to invalidate two-factor challenge")
	ErrCreateSession     = core.NewError(500, "FAILED_TO_CREATE_SESSION", "failed to create session")
	ErrNoSession         = core.NewError(400, "FAILED_TO_CREATE_SESSION", "Failed to create session")

	ErrNotEnabled           = core.NewError(400, "TWO_FACTOR_NOT_ENABLED", "Two factor isn't enabled")
	ErrTOTPNotAvailable     = core.NewError(400, "TOTP_NOT_CONFIGURED", "TOTP is not available")
	ErrTOTPNotConfigured    = core.NewError(400, "TOTP_NOT_CONFIGURED", "totp isn't configured")
	ErrTOTPNotEnabled       = core.NewError(400, "TOTP_NOT_ENABLED", "TOTP not enabled")
	ErrTOTPEnabled          = core.NewError(400, "TOTP_ALREADY_ENABLED", "TOTP is already enabled")
	ErrOTPNotAvailable      = core.NewError(400, "OTP_NOT_CONFIGURED", "OTP is not available")
	ErrOTPNotConfigured     = core.NewError(400, "OTP_NOT_CONFIGURED", "otp isn't configured")
	ErrOTPExpired           = core.NewError(400, "OTP_HAS_EXPIRED", "OTP has expired")
	ErrBackupCodesNotInUse  = core.NewError(400, "BACKUP_CODES_NOT_ENABLED", "Backup codes aren't enabled")
	ErrBackupCodesChanged   = core.NewError(409, "", "Failed to verify backup code. Please try again.")
	errPasswordNotInRequest = core.NewError(400, "VALIDATION_ERROR", "[body.password] Invalid input: expected string, received undefined")
)
