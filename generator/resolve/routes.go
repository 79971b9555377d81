package resolve

import (
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
)

// owned is an endpoint with who declares it.
type owned struct {
	source.Endpoint
	who string
	pos diag.Position // in the configuration
}

// endpoints lists the endpoints of the core and then those of the plugins.
func (r *resolver) endpoints() []owned {
	var out []owned
	if r.model.Core != nil {
		for _, e := range r.model.Core.Endpoints {
			out = append(out, owned{e, "the core", r.cfg.Pos("")})
		}
	}
	for _, p := range r.model.Plugins {
		for _, e := range p.Info.Endpoints {
			out = append(out, owned{e, `plugin "` + p.ID + `"`, p.Pos})
		}
	}
	return out
}

// routes checks that no two endpoints answer the same requests.
func (r *resolver) routes() {
	first := map[string]owned{}
	for _, e := range r.endpoints() {
		for _, method := range e.Methods {
			route := method + " " + shape(e.Path)
			other, dup := first[route]
			if !dup {
				first[route] = e
				continue
			}
			r.diags.Add(diag.Diagnostic{
				Severity: diag.Error, Code: CodeRoute, Pos: e.pos,
				Summary: e.who + ": " + method + " " + e.Path + " is an endpoint of " + other.who + " too",
				Detail:  "declared at " + other.Pos.String() + " and " + e.Pos.String(),
			})
		}
	}
}

// shape is a path without the names of its parameters.
func shape(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if strings.HasPrefix(s, ":") {
			segments[i] = ":"
		}
	}
	return strings.Join(segments, "/")
}
