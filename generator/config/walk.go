package config

import (
	"fmt"
	pathpkg "path"
	"reflect"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/plugins"
)

// setting is a Setting of Generation or of the other options.
type setting struct {
	Setting
	generation bool
}

// group reads a group of options: one setting for each that is set.
func (l *loader) group(n *node, o *option, path string) []setting {
	if n.kind == nullNode {
		return nil
	}
	if n.kind != mapNode {
		l.wrongType(n, path, "a map of options")
		return nil
	}
	var out []setting
	for _, m := range n.members {
		p := join(path, m.key)
		child := o.child(m.key)
		if child != nil && child.long != nil && m.value.kind == mapNode {
			child = child.long
		}
		switch {
		case child == nil:
			l.unknown(m, o, p)
		case child.group:
			out = append(out, l.group(m.value, child, p)...)
		default:
			if s, ok := l.setting(m, child, p); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// setting reads one option.
func (l *loader) setting(m member, o *option, path string) (setting, bool) {
	if m.value.kind == nullNode && mayBeNull(o.typ) {
		return setting{}, false // nothing after the colon leaves the default
	}
	v, ok := l.value(m.value, o, path)
	s := Setting{Path: path, Field: o.field, Value: v, Pos: m.pos}
	return setting{s, o.generation}, ok
}

func mayBeNull(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map
}

// reportMembers reports the members of n that are elsewhere, and whether there are any.
func (l *loader) reportMembers(n *node, path string) bool {
	found := false
	for _, m := range n.members {
		if _, ok := find(l.table, join(path, m.key)); ok {
			l.elsewhere(m, join(path, m.key))
			found = true
		}
	}
	return found
}

// unknown reports a key that is no option here.
func (l *loader) unknown(m member, o *option, path string) {
	if _, ok := find(l.table, path); ok {
		l.elsewhere(m, path)
		return
	}
	keys := o.keys()
	if path == m.key && l.prefix == "" {
		keys = append(keys, "plugins", "socialProviders")
	}
	l.diags.Add(diag.Diagnostic{
		Severity: diag.Error, Code: CodeUnknown, Pos: m.pos,
		Summary:    fmt.Sprintf("%sunknown option %q", l.subject(container(path, m.key)), m.key),
		Suggestion: Suggest(m.key, keys), Detail: oneOf("options", keys),
	})
}

// container is the path of what key is in. Unlike parent it copes with keys that contain dots.
func container(path, key string) string {
	return strings.TrimSuffix(strings.TrimSuffix(path, key), ".")
}

// elsewhere reports an option that is a Go function or not supported.
func (l *loader) elsewhere(m member, path string) {
	e, _ := find(l.table, path)
	if !l.inner(m.value, path, e) {
		l.diags.Add(e.diagnostic(m.pos, l.about+path, l.output))
	}
}

// inner reports the options inside of n about which the table says something else than e, and whether
// there are any.
func (l *loader) inner(n *node, path string, e elsewhere) bool {
	found := false
	for _, m := range n.members {
		p := join(path, m.key)
		if other, _ := find(l.table, p); other.pattern != e.pattern {
			l.elsewhere(m, p)
			found = true
		} else if l.inner(m.value, p, e) {
			found = true
		}
	}
	return found
}

func (e elsewhere) diagnostic(pos diag.Position, option, output string) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Error, Code: CodeUnsupported, Pos: pos, Summary: option + " is not supported yet"}
	switch {
	case e.function != "" && e.file != "":
		d.Code = CodeFunction
		d.Summary = option + " is a Go function: set " + e.function + " in " + pathpkg.Join(output, e.file)
	case e.function != "":
		d.Code = CodeFunction
		d.Summary = option + " is a Go function: set " + e.function
	case e.reason != "":
		d.Summary = option + " is not supported: " + e.reason
	}
	return d
}

// pluginElsewhere returns what a plugin says about options it has no member for, sorted.
func pluginElsewhere(p *plugins.Plugin) []elsewhere {
	var out []elsewhere
	for pattern, function := range p.Functions {
		out = append(out, elsewhere{pattern: pattern, function: function})
	}
	for pattern, reason := range p.Unsupported {
		out = append(out, elsewhere{pattern: pattern, reason: reason})
	}
	slices.SortFunc(out, func(a, b elsewhere) int { return strings.Compare(a.pattern, b.pattern) })
	return out
}

// subject begins a message about something at path.
func (l *loader) subject(path string) string {
	if path == "" {
		return l.about
	}
	return l.about + path + ": "
}

func (l *loader) wrongType(n *node, path, want string) {
	got := n.String()
	if n.kind == scalarNode && isSecret(path) {
		got = "another value"
	}
	l.diags.Add(diag.Diagnostic{
		Severity: diag.Error, Code: CodeType, Pos: n.pos,
		Summary: l.subject(path) + "expected " + want + ", got " + got, Suggestion: typeHint(n, want),
	})
}

func oneOf(what string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	return what + ": " + strings.Join(names, ", ")
}
