// Package genericoauth adds OAuth 2 and OpenID Connect providers that are described in betterauth.yaml. It
// is Better Auth's plugin "generic-oauth".
//
// A provider is one of the social providers then, for sign-in, linking, tokens and sign-out.
package genericoauth

import (
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Plugin adds the providers of its options. Make one with New.
type Plugin struct {
	options Options
	funcs   Funcs
}

var _ core.Plugin = (*Plugin)(nil)

// New returns the plugin; Register ties it to a server.
func New(options Options, funcs Funcs) *Plugin {
	return &Plugin{options: options, funcs: funcs}
}

// ID implements core.Plugin.
func (p *Plugin) ID() string { return "generic-oauth" }

// Register implements core.Plugin. A provider that cannot work is logged and left out; the others go on.
func (p *Plugin) Register(a *core.Auth) core.Hooks {
	for _, options := range p.options.Config {
		s := &setup{auth: a, options: options.withPreset(), funcs: p.funcs[options.ID()], preset: options.presetOf().userInfo}
		if err := s.check(); err != nil {
			a.Log().Error("social provider skipped", "provider", s.options.ProviderID, "error", err)
			continue
		}
		if s.options.DiscoveryURL == "" {
			a.AddProvider(s.provider(document{}))
			continue
		}
		a.AddProviderFunc(s.options.ProviderID, newLazy(s).find)
	}
	return core.Hooks{}
}
