// Package haveibeenpwned refuses new passwords that are known from data breaches. It is Better Auth's plugin
// "have-i-been-pwned", and asks the service of that name.
package haveibeenpwned

import (
	"context"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Plugin is the check. Make one with New.
type Plugin struct {
	options Options
	service service
	auth    *core.Auth
}

var _ core.Plugin = (*Plugin)(nil)

// New returns the plugin; Register ties it to a server.
func New(options Options, funcs Funcs) *Plugin {
	return &Plugin{options: options, service: newService(funcs.Transport)}
}

// ID implements core.Plugin.
func (p *Plugin) ID() string { return "have-i-been-pwned" }

// Register implements core.Plugin.
func (p *Plugin) Register(a *core.Auth) core.Hooks {
	p.auth = a
	if !p.options.Enabled {
		return core.Hooks{}
	}
	return core.Hooks{NewPassword: p.check}
}

// check refuses a compromised password where the options say so, and every password while the service
// does not tell: a check that can be knocked out is none.
func (p *Plugin) check(ctx context.Context, path, password string) error {
	if !slices.Contains(p.options.Paths, path) {
		return nil
	}
	count, err := p.service.count(ctx, password)
	switch {
	case err != nil:
		p.auth.Log().ErrorContext(ctx, "password check failed", "plugin", p.ID(), "endpoint", path, "error", err)
		return unavailable(err)
	case count == 0:
		return nil
	}
	p.auth.Audit(ctx, EventRefused, "")
	if message := p.options.CustomPasswordCompromisedMessage; message != "" {
		return ErrCompromised.With(message)
	}
	return ErrCompromised
}
