package genericoauth

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

// The errors of the plugin. Status, code and message are Better Auth's.
var (
	ErrInvalidConfiguration = core.NewError(400, "INVALID_OAUTH_CONFIGURATION", "Invalid OAuth configuration")
	ErrTokenURLNotFound     = core.NewError(400, "TOKEN_URL_NOT_FOUND", "Invalid OAuth configuration. Token URL not found.")
)
