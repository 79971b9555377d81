package haveibeenpwned

import (
	"fmt"
	"net/http"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// The errors of the plugin. Status, code and message are Better Auth's; some have no code there.
var (
	ErrCompromised = core.NewError(400, "PASSWORD_COMPROMISED",
		"The password you entered has been compromised. Please choose a different password.")
	ErrUnavailable = core.NewError(500, "", "Failed to check password. Please try again later.")
)

// errStatus says which status the service answered with instead of a list.
func errStatus(status int) error {
	return core.NewError(http.StatusInternalServerError, "", fmt.Sprintf("Failed to check password. Status: %d", status))
}
