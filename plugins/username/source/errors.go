package username

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

// The errors of the plugin. Names are refused with 400 where they are stored, and with 422 where they
// are only looked up.
var (
	ErrTooShort       = core.NewError(400, "USERNAME_TOO_SHORT", "Username is too short")
	ErrTooLong        = core.NewError(400, "USERNAME_TOO_LONG", "Username is too long")
	ErrInvalid        = core.NewError(400, "INVALID_USERNAME", "Username is invalid")
	ErrInvalidDisplay = core.NewError(400, "INVALID_DISPLAY_USERNAME", "Display username is invalid")
	ErrTaken          = core.NewError(400, "USERNAME_IS_ALREADY_TAKEN", "Username is already taken. Please try another.")
	ErrImmutable      = core.NewError(400, "USERNAME_IS_IMMUTABLE", "Username cannot be updated")

	ErrLookupTooShort = core.NewError(422, "USERNAME_TOO_SHORT", "Username is too short")
	ErrLookupTooLong  = core.NewError(422, "USERNAME_TOO_LONG", "Username is too long")
	ErrLookupInvalid  = core.NewError(422, "INVALID_USERNAME", "Username is invalid")

	ErrInvalidUsernameOrPassword = core.NewError(401, "INVALID_USERNAME_OR_PASSWORD", "Invalid username or password")
)
