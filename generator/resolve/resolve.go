// Package resolve turns a configuration into a model: everything the emitted code depends on, checked
// and put together. It touches neither disk nor clock.
package resolve

import (
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/schema"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// The codes of the diagnostics of this package.
const (
	CodeName     = "BA022" // name for a table or column that does not exist
	CodeClash    = "BA023" // two tables or columns with one name
	CodeSchema   = "BA024" // schema that is not sound
	CodeRequires = "BA025" // plugin that needs another
	CodeConflict = "BA026" // plugins that do not go together
	CodeRoute    = "BA027" // two endpoints with one path
	CodeOptions  = "BA028" // options of a plugin that do not go together
	CodeSource   = "BA029" // plugin whose code is not what a plugin's should be
	CodePath     = "BA030" // path without an endpoint, or that is none
)

// Model is what is generated. Nobody changes it after Resolve.
type Model struct {
	Module    string // path of the user's module
	Output    string // folder of package auth in it, "internal/auth"
	Framework string // "nethttp", "chi", …
	// Dialect is that of the database. Without one it is SQLite's, which nothing depends on then.
	Dialect schema.Dialect
	// Database is false for an application without one: rows are in memory, and there are no migrations.
	Database bool
	// SecondaryStorage is "redis", or "" without any.
	SecondaryStorage string
	// Instrumented code makes OpenTelemetry spans.
	Instrumented bool
	Schema       schema.Schema
	Settings     []config.Setting // of core.Options
	Options      core.Options     // with the settings applied, variables left empty
	Plugins      []Plugin         // in the order in which they are registered
	Providers    []config.Provider
	Core         *source.Info
	Config       *config.Config
}

// CountsInDatabase reports that requests are counted in the database, which takes a table and queries.
func (m *Model) CountsInDatabase() bool { return m.Options.RateLimit.Storage == "database" }

// Plugin is a selected plugin.
type Plugin struct {
	*plugins.Plugin
	Settings []config.Setting // of its Options
	Options  any              // pointer, with the settings applied; nil when there are none
	Info     *source.Info
	Tables   config.Map[config.PluginTable]
	Pos      diag.Position
}

// Resolve makes the model. known are the plugins there are, selected or not. The Model is nil when
// the list holds an error.
func Resolve(cfg *config.Config, known []*plugins.Plugin, module string) (*Model, diag.List) {
	r := &resolver{cfg: cfg, known: known, model: &Model{
		Module: module, Output: cfg.Generation.Output, Framework: cfg.Generation.Framework,
		Database:         cfg.HasDatabase(),
		SecondaryStorage: cfg.Generation.SecondaryStorage,
		Instrumented:     cfg.Generation.Experimental.Instrumentation.Enabled,
		Settings:         cfg.Settings, Options: cfg.DefaultOptions(), Providers: cfg.Providers, Config: cfg,
	}}
	for _, step := range []func(){r.options, r.loadPlugins, r.order, r.schema, r.packages, r.routes, r.paths, r.cookies, r.trusted} {
		step()
	}
	r.diags.Sort()
	if r.diags.Err() != nil {
		return nil, r.diags
	}
	return r.model, r.diags
}

type resolver struct {
	cfg    *config.Config
	known  []*plugins.Plugin
	model  *Model
	places map[string]place // of tables and columns
	diags  diag.List
}

// options applies the settings and reads the reference application.
func (r *resolver) options() {
	here := r.cfg.Pos("")
	var err error
	r.model.Dialect = schema.SQLite
	if r.model.Database {
		if r.model.Dialect, err = schema.ParseDialect(r.cfg.Generation.Database.Dialect); err != nil {
			r.diags.Errorf(r.cfg.Pos("database.dialect"), config.CodeEnum, "database.dialect: %v", err)
		}
	}
	if err := config.Apply(r.cfg.Settings, &r.model.Options, nil); err != nil {
		r.diags.Errorf(here, config.CodeType, "%v", err)
	}
	if r.model.Core, err = source.Core(); err != nil {
		r.diags.Errorf(here, CodeSource, "reference code: %v", err)
	}
}
