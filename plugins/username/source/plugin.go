// Package username lets users sign in with a name instead of their e-mail address. It is Better Auth's
// plugin "username".
package username

import (
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Plugin is sign-in by name. Make one with New.
type Plugin struct {
	options Options
	store   Store
	funcs   Funcs
	auth    *core.Auth
}

var _ core.Plugin = (*Plugin)(nil)

// New returns the plugin; Register ties it to a server.
func New(options Options, store Store, funcs Funcs) *Plugin {
	return &Plugin{options: options, store: store, funcs: funcs}
}

// ID implements core.Plugin.
func (p *Plugin) ID() string { return "username" }

// Register implements core.Plugin.
func (p *Plugin) Register(a *core.Auth) core.Hooks {
	p.auth = a
	core.Handle(a, "POST /sign-in/username", p.SignIn)
	core.Handle(a, "POST /is-username-available", p.IsAvailable)
	return core.Hooks{
		BeforeSignUp:     p.beforeSignUp,
		BeforeUpdateUser: p.beforeUpdate,
		SyntheticUser:    p.disguise,
		UserCreate:       core.WriteHook[model.User]{Before: p.beforeCreate},
		UserUpdate:       core.WriteHook[model.User]{Before: p.beforeStore},
	}
}
