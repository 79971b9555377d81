// Package config reads betterauth.yaml.
//
// The options are not listed here: they are the fields of core.Options, of the plugins' Options and of
// [Generation], walked by reflection. Every problem of a file is reported at once, with its position.
package config

import (
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/provider"
	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// FileName is the name of the configuration file.
const FileName = "betterauth.yaml"

// The codes of the diagnostics of this package.
const (
	CodeSyntax      = "BA010" // not YAML, or too big
	CodeDuplicate   = "BA011" // a key occurs twice
	CodeUnknown     = "BA012" // no such option
	CodeType        = "BA013" // value of another type
	CodeEnum        = "BA014" // value that is none of the allowed ones
	CodeValue       = "BA015" // value out of range or malformed
	CodeUnsupported = "BA016" // upstream's option without an implementation here
	CodeFunction    = "BA017" // upstream's option that is a Go function here
	CodeSecret      = "BA018" // secret written into the file
	CodeEnv         = "BA019" // malformed ${NAME}
	CodePlugin      = "BA020" // no such plugin
	CodeField       = "BA021" // additional field that cannot be
	CodeProvider    = "BA035" // no such social provider, or one that cannot work
	CodeStorage     = "BA036" // option that does not go with the stores there are
)

// Config is what the user wrote. Defaults are applied to Generation only.
type Config struct {
	File       string
	Generation Generation
	Settings   []Setting  // of core.Options, in file order
	Plugins    []Plugin   // in file order
	Providers  []Provider // in file order

	positions map[string]diag.Position
}

// Plugin is a selected plugin.
type Plugin struct {
	*plugins.Plugin
	Settings []Setting        // of its Options, in file order
	Tables   Map[PluginTable] // physical names, option schema
	Pos      diag.Position
}

// Provider is a configured social provider.
type Provider struct {
	provider.Provider
	Settings []Setting // of its options, in file order
	Enabled  bool
	Pos      diag.Position
}

// PluginTable names a table of a plugin, or its columns on a core table, in the database.
type PluginTable struct {
	// ModelName is the name of the table.
	ModelName string
	// Fields maps columns to their names in the database.
	Fields Map[string]
}

// Setting is one option with its value.
type Setting struct {
	Path  string // as in the file: "emailAndPassword.enabled", "otpOptions.digits"
	Field string // Go selector below Options: "EmailAndPassword.Enabled"
	Value Value
	Pos   diag.Position
}

// HasDatabase reports that rows are kept in a database.
func (c *Config) HasDatabase() bool { return c.Generation.Database.Dialect != NoDatabase }

// Stateless reports that there is neither a database nor secondary storage.
func (c *Config) Stateless() bool { return !c.HasDatabase() && c.Generation.SecondaryStorage == "" }

// DefaultOptions returns the defaults of the options that are not in the file; they depend on what stores there are.
func (c *Config) DefaultOptions() core.Options {
	switch {
	case c.Stateless():
		return core.StatelessOptions()
	case !c.HasDatabase():
		return core.NoDatabaseOptions()
	}
	return core.DefaultOptions()
}

// Pos returns where the option at path was written: the path itself, or the closest one above it.
// Plugins' options are below "plugins.<id>".
func (c *Config) Pos(path string) diag.Position {
	for {
		if p, ok := c.positions[path]; ok {
			return p
		}
		if path == "" {
			return diag.Position{File: c.File}
		}
		path = above(path)
	}
}

// Has reports whether the option at path occurs in the file.
func (c *Config) Has(path string) bool {
	_, ok := c.positions[path]
	return ok
}
