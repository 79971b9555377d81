package core

import (
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// A Plugin adds endpoints and hooks to the server. plugins_gen.go lists the ones betterauth.yaml names.
type Plugin interface {
	// ID is Better Auth's name of the plugin.
	ID() string
	// Register declares the plugin's endpoints with Handle and its limits with LimitPrefix, and
	// returns its hooks. It is called once, when the server is made.
	Register(a *Auth) Hooks
}

// LimitPrefix allows max requests in window, per client and path, to the paths that start with prefix.
func (a *Auth) LimitPrefix(prefix string, max int, window time.Duration) {
	a.pluginLimits = append(a.pluginLimits, web.PathRule{
		Prefixes: []string{prefix},
		Rule:     web.Rule{Window: window, Max: max},
	})
}
