package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/plugins"
)

// loadPlugins reads the code of the selected plugins and lets them check their options.
func (r *resolver) loadPlugins() {
	for _, c := range r.cfg.Plugins {
		p := Plugin{Plugin: c.Plugin, Settings: c.Settings, Tables: c.Tables, Pos: c.Pos, Info: &source.Info{}}
		if p.Plugin.Options != nil {
			p.Options = p.Plugin.Options()
			if err := config.Apply(c.Settings, p.Options, nil); err != nil {
				r.diags.Errorf(p.Pos, config.CodeType, "plugin %q: %v", p.ID, err)
			}
		}
		r.inspect(&p)
		r.validate(p)
		r.together(p)
		r.storable(p)
		r.model.Plugins = append(r.model.Plugins, p)
	}
}

func (r *resolver) inspect(p *Plugin) {
	if p.Source == nil {
		r.diags.Errorf(p.Pos, CodeSource, "plugin %q has no source", p.ID)
		return
	}
	info, diags := source.Plugin(p.Source, p.Package)
	p.Info = info
	r.diags = append(r.diags, diags...)
	switch {
	case diags.Err() != nil:
	case info.Package != p.Package:
		r.diags.Errorf(p.Pos, CodeSource, "plugin %q: its code is package %s, want %s", p.ID, info.Package, p.Package)
	case info.New == nil:
		r.diags.Errorf(p.Pos, CodeSource, "plugin %q: its code has no func New", p.ID)
	}
	for _, param := range info.New {
		if name := strings.TrimPrefix(param.Type, "*"); !slices.Contains([]string{"Options", "Store", "Funcs"}, name) {
			r.diags.Errorf(p.Pos, CodeSource, "plugin %q: its func New takes %s, want only Options, Store and Funcs", p.ID, param.Type)
		}
	}
}

// validate lets the plugin look at its options. A variable stands for itself there: what it holds is
// known to the server only, that something was written is known here.
func (r *resolver) validate(p Plugin) {
	if p.Validate == nil {
		return
	}
	var options any
	if p.Plugin.Options != nil {
		options = p.Plugin.Options()
		if config.Apply(p.Settings, options, func(name string) string { return "${" + name + "}" }) != nil {
			return // reported before
		}
	}
	for _, problem := range p.Validate(options) {
		pos := r.cfg.Pos("plugins." + p.ID + "." + problem.Path)
		r.diags.Errorf(pos, CodeOptions, "plugin %q: %s: %s", p.ID, problem.Path, problem.Message)
	}
}

// together checks that a plugin has what it needs and nothing it does not go with.
func (r *resolver) together(p Plugin) {
	for _, id := range p.Requires {
		switch {
		case r.selected(id) != nil:
		case slices.ContainsFunc(r.known, func(k *plugins.Plugin) bool { return k.ID == id }):
			r.diags.Add(diag.Diagnostic{
				Severity: diag.Error, Code: CodeRequires, Pos: p.Pos,
				Summary: `plugin "` + p.ID + `" needs plugin "` + id + `"`, Suggestion: "add " + id + ": to plugins",
			})
		default:
			r.diags.Errorf(p.Pos, CodeRequires, "plugin %q needs plugin %q, which does not exist", p.ID, id)
		}
	}
	for _, id := range p.ConflictsWith {
		if other := r.selected(id); other != nil {
			r.diags.Errorf(p.Pos, CodeConflict, "plugin %q does not work together with plugin %q at %s", p.ID, id, other.Pos)
		}
	}
}

// storable checks that there is a database for a plugin that asks for queries. The memory of an application without
// one has none but the core's, and what plugins keep, such as second factors, must not end with the process.
func (r *resolver) storable(p Plugin) {
	if !r.model.Database && len(p.Info.Store) > 0 {
		r.diags.Add(diag.Diagnostic{
			Severity: diag.Error, Code: config.CodeStorage, Pos: p.Pos,
			Summary:    fmt.Sprintf("plugin %q needs a database, but database.dialect is %s", p.ID, config.NoDatabase),
			Suggestion: "remove it, or choose a database.dialect",
		})
	}
}

func (r *resolver) selected(id string) *config.Plugin {
	for i := range r.cfg.Plugins {
		if r.cfg.Plugins[i].ID == id {
			return &r.cfg.Plugins[i]
		}
	}
	return nil
}

// order puts plugins behind those they come after, and leaves them as the user wrote them otherwise.
func (r *resolver) order() {
	var out []Plugin
	waiting := r.model.Plugins
	for len(waiting) > 0 {
		i := slices.IndexFunc(waiting, func(p Plugin) bool { return !waitsFor(p, waiting) })
		if i < 0 {
			r.diags.Errorf(waiting[0].Pos, CodeConflict, "plugins %s each want to come after another", strings.Join(ids(waiting), ", "))
			return
		}
		out = append(out, waiting[i])
		waiting = slices.Delete(slices.Clone(waiting), i, i+1)
	}
	r.model.Plugins = out
}

func waitsFor(p Plugin, others []Plugin) bool {
	return slices.ContainsFunc(others, func(o Plugin) bool { return o.ID != p.ID && slices.Contains(p.After, o.ID) })
}

func ids(list []Plugin) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.ID
	}
	return out
}

// packages checks that every plugin has a folder of its own below the output.
func (r *resolver) packages() {
	taken := map[string]string{}
	for _, name := range []string{"auth", "authtest", "core", "model", "otelauth", "ratelimit", "secure", "social", "store", "web", r.model.Framework + "auth"} {
		taken[name] = "the auth code itself"
	}
	for _, p := range r.model.Plugins {
		if owner, dup := taken[p.Package]; dup {
			r.diags.Errorf(p.Pos, CodeClash, "plugin %q: its package %s is taken by %s", p.ID, p.Package, owner)
			continue
		}
		taken[p.Package] = `plugin "` + p.ID + `"`
	}
}
