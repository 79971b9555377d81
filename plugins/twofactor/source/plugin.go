// Package twofactor asks for a second factor after a password: a code of an authenticator app (TOTP), a
// code that is sent (OTP), or a backup code. It is Better Auth's plugin "two-factor".
//
// The challenge comes before there is a session: a sign-in of a user with two factors answers with a
// signed cookie that names the challenge, and only a proven second factor opens the session.
package twofactor

import (
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Plugin is the second factor. Make one with New.
type Plugin struct {
	options Options
	store   Store
	funcs   Funcs
	auth    *core.Auth
}

var _ core.Plugin = (*Plugin)(nil)

// New returns the plugin; Register ties it to a server.
func New(options Options, store Store, funcs Funcs) *Plugin {
	return &Plugin{options: options.filled(), store: store, funcs: funcs}
}

// ID implements core.Plugin.
func (p *Plugin) ID() string { return "two-factor" }

// Register implements core.Plugin.
func (p *Plugin) Register(a *core.Auth) core.Hooks {
	p.auth = a
	core.Handle(a, "POST /two-factor/enable", p.Enable)
	core.Handle(a, "POST /two-factor/disable", p.Disable)
	core.Handle(a, "POST /two-factor/get-totp-uri", p.GetTOTPURI)
	core.Handle(a, "POST /two-factor/verify-totp", p.VerifyTOTP)
	core.Handle(a, "POST /two-factor/send-otp", p.SendOTP, core.OptionalBody)
	core.Handle(a, "POST /two-factor/verify-otp", p.VerifyOTP)
	core.Handle(a, "POST /two-factor/generate-backup-codes", p.GenerateBackupCodes)
	core.Handle(a, "POST /two-factor/verify-backup-code", p.VerifyBackupCode)
	a.LimitPrefix("/two-factor/", 3, 10*time.Second)
	return core.Hooks{BeforeSession: p.challenge, AfterSession: p.afterSession, OnSessionsEnded: p.distrust}
}
