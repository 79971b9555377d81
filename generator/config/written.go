package config

import (
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Written returns the options as they are in the file, where ${NAME} stands for itself. [Undecided] tells such texts.
func (c *Config) Written() core.Options {
	o := c.DefaultOptions()
	_ = Apply(c.Settings, &o, func(name string) string { return "${" + name + "}" }) // what does not fit is reported
	return o
}

// Undecided reports a text of [Config.Written] that only the server knows, because it comes from the environment.
func Undecided(text string) bool { return strings.Contains(text, "${") }
