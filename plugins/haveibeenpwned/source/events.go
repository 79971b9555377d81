package haveibeenpwned

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

// EventRefused is told to Hooks.Audit when a new password is a compromised one.
var EventRefused = core.EventKind{Name: "compromised password refused", Refused: true}
