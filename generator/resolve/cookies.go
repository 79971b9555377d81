package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// cookies reports settings for cookies that nothing sets, and two cookies of which one would overwrite the other.
func (r *resolver) cookies() {
	adv := r.cfg.Written().Advanced
	known := r.cookieNames()
	for _, s := range r.model.Settings {
		if s.Path != "advanced.cookies" {
			continue
		}
		for _, m := range s.Value.Members {
			if !slices.Contains(known, m.Name) {
				r.unknownCookie(s.Path, m.Name, known)
			}
		}
	}
	first := map[string]string{}
	for _, logical := range known {
		name := web.CookieName(false, adv.CookiePrefix, logical, adv.Cookies[logical].Name)
		if other, taken := first[name]; taken && !config.Undecided(name) {
			r.diags.Add(diag.Diagnostic{
				Severity: diag.Error, Code: config.CodeValue, Pos: r.cookiePos(logical, other),
				Summary:    fmt.Sprintf("advanced.cookies: %s and %s have the same name %q", other, logical, name),
				Suggestion: "give each cookie a name of its own",
			})
			continue
		}
		first[name] = logical
	}
}

// cookiePos is where a cookie got the name that another has.
func (r *resolver) cookiePos(logical, other string) diag.Position {
	path := "advanced.cookies." + logical + ".name"
	if !r.cfg.Has(path) {
		path = "advanced.cookies." + other + ".name"
	}
	return r.cfg.Pos(path)
}

// cookieNames lists the logical names of the cookies of the core and of the plugins.
func (r *resolver) cookieNames() []string {
	var names []string
	if r.model.Core != nil {
		names = append(names, r.model.Core.Cookies...)
	}
	for _, p := range r.model.Plugins {
		names = append(names, p.Info.Cookies...)
	}
	return names
}

func (r *resolver) unknownCookie(path, logical string, known []string) {
	d := diag.Diagnostic{
		Severity: diag.Error, Code: config.CodeUnknown, Pos: r.cfg.Pos(path + "." + logical),
		Summary: fmt.Sprintf("%s: there is no cookie %q", path, logical), Suggestion: config.Suggest(logical, known),
		Detail: "cookies: " + strings.Join(known, ", "),
	}
	if id := r.cookieOf(logical); id != "" {
		d.Suggestion = fmt.Sprintf("it is one of plugin %q: add %s: to plugins", id, id)
	}
	r.diags.Add(d)
}

// cookieOf returns the plugin that has a cookie, among those that are not selected.
func (r *resolver) cookieOf(logical string) string {
	for _, p := range r.known {
		if p.Source == nil {
			continue
		}
		if info, _ := source.Plugin(p.Source, p.Package); slices.Contains(info.Cookies, logical) {
			return p.ID
		}
	}
	return ""
}
