// Package bearer lets clients without cookies, such as mobile apps, present their session in the
// Authorization header. It is Better Auth's plugin "bearer".
package bearer

import "github.com/betterauth-gen/betterauth-gen/templates/auth/core"

// Plugin is the bearer scheme. Make one with New.
type Plugin struct {
	options Options
	auth    *core.Auth
}

var _ core.Plugin = (*Plugin)(nil)

// New returns the plugin; Register ties it to a server.
func New(options Options) *Plugin { return &Plugin{options: options} }

// ID implements core.Plugin.
func (p *Plugin) ID() string { return "bearer" }

// Register implements core.Plugin.
func (p *Plugin) Register(a *core.Auth) core.Hooks {
	p.auth = a
	return core.Hooks{ReadSessionToken: p.read, OnSessionCookie: announce}
}
