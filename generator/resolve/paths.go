package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// paths reports disabled paths that disable nothing: the server compares them with the path of a request as it is
// sent (Better Auth 1.7.5), so that the pattern of a route never is one of them.
func (r *resolver) paths() {
	for _, s := range r.model.Settings {
		if s.Path != "disabledPaths" {
			continue
		}
		for i, item := range s.Value.Items {
			if !item.Text.HasEnv() {
				r.disabledPath(item.Text.Literal(), r.cfg.Pos(config.ItemPath(s.Path, i)))
			}
		}
	}
}

func (r *resolver) disabledPath(path string, pos diag.Position) {
	if name := parameter(path); name != "" {
		r.diags.Add(diag.Diagnostic{
			Severity: diag.Error, Code: CodePath, Pos: pos,
			Summary:    fmt.Sprintf("disabledPaths: expected paths as clients send them, got %q", path),
			Suggestion: fmt.Sprintf("write one path for each %s that is to be off, such as %s", name, strings.Replace(path, name, example(name), 1)),
		})
		return
	}
	var near []string
	for _, e := range r.endpoints() {
		if like, ok := fill(e.Path, path); ok {
			near = append(near, like)
		}
	}
	if slices.Contains(near, strings.TrimRight(path, "/")) {
		return
	}
	r.diags.Add(diag.Diagnostic{
		Severity: diag.Warning, Code: CodePath, Pos: pos,
		Summary: "disabledPaths: there is no endpoint " + path, Suggestion: config.Suggest(path, near),
	})
}

// Disabled lists the disabled paths that are ones of the route with the pattern.
func (m *Model) Disabled(pattern string) []string {
	off := []string{}
	for _, path := range m.Options.DisabledPaths {
		if like, ok := fill(pattern, path); ok && like == strings.TrimRight(path, "/") {
			off = append(off, path)
		}
	}
	return off
}

// parameter returns the first segment of path that stands for any, such as ":id", or "".
func parameter(path string) string {
	for segment := range strings.SplitSeq(path, "/") {
		if strings.HasPrefix(segment, ":") {
			return segment
		}
	}
	return ""
}

// example is what may stand in the place of a parameter. Providers are what people want to switch off.
func example(name string) string {
	if name == ":id" || strings.HasPrefix(name, ":provider") {
		return "github"
	}
	return "abc"
}

// fill puts segments of path into the places of the parameters of pattern; false when it has none there.
func fill(pattern, path string) (string, bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(strings.TrimRight(path, "/"), "/")
	for i, segment := range want {
		if !strings.HasPrefix(segment, ":") {
			continue
		}
		if len(have) != len(want) || have[i] == "" {
			return "", false
		}
		want[i] = have[i]
	}
	return strings.Join(want, "/"), true
}
