package twofactor

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

// The events this plugin tells Hooks.Audit.
var (
	EventProven              = core.EventKind{Name: "second factor proven"}
	EventRefused             = core.EventKind{Name: "second factor refused", Refused: true}
	EventChanged             = core.EventKind{Name: "two-factor changed"}
	EventBackupCodesReplaced = core.EventKind{Name: "backup codes replaced"}
)
