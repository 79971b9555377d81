package config

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// Load reads a configuration. The Config is nil when the file is not YAML; otherwise it holds every
// setting that is in order, so that later stages can report what they find too.
func Load(file string, data []byte, known []*plugins.Plugin) (*Config, diag.List) {
	l := &loader{
		cfg:   &Config{File: file, Generation: DefaultGeneration(), positions: map[string]diag.Position{}},
		known: known,
		table: coreElsewhere(),
	}
	root := read(file, data, &l.diags)
	if root == nil {
		l.diags.Sort()
		return nil, l.diags
	}
	l.index(root, "")
	l.secrets(root, "")
	l.load(root)
	l.check()
	l.diags.Sort()
	return l.cfg, l.diags
}

type loader struct {
	cfg   *Config
	known []*plugins.Plugin
	diags diag.List

	output string      // folder of the user's files, for messages
	table  []elsewhere // of what is being read
	prefix string      // of paths in the file: "plugins.two-factor", or ""
	about  string      // of messages: `plugin "two-factor": `, or ""
}

// coreOptions returns the options outside of plugins, from core.Options and Generation.
func coreOptions(docs map[string]string) *option {
	root := builder{docs: docs}.options(reflect.ValueOf(core.DefaultOptions()))
	root.merge(builder{docs: docs, generation: true}.options(reflect.ValueOf(DefaultGeneration())))
	for _, r := range ranges() {
		if o := root.at(r.path); o != nil {
			o.limits = r
		}
	}
	return root
}

// load reads everything: plugins and social providers are maps with keys of their own.
func (l *loader) load(root *node) {
	l.output = l.cfg.Generation.Output
	if n := root.member("output"); n != nil && n.kind == scalarNode {
		l.output = fmt.Sprint(n.scalar)
	}
	rest := *root
	rest.members = nil
	for _, m := range root.members {
		switch m.key {
		case "plugins":
			l.plugins(m)
		case "socialProviders":
			l.socialProviders(m)
		default:
			rest.members = append(rest.members, m)
		}
	}
	for _, s := range l.group(&rest, coreOptions(nil), "") {
		if s.generation {
			l.apply([]Setting{s.Setting}, &l.cfg.Generation)
		} else {
			l.cfg.Settings = append(l.cfg.Settings, s.Setting)
		}
	}
}

// plugins reads the map of plugin ids to options.
func (l *loader) plugins(m member) {
	if m.value.kind != mapNode && m.value.kind != nullNode {
		l.diags.Add(diag.Diagnostic{
			Severity: diag.Error, Code: CodeType, Pos: m.value.pos,
			Summary:    "plugins: expected a map of plugin ids to their options, got " + m.value.String(),
			Suggestion: "write each plugin as a key, such as two-factor:",
		})
		return
	}
	for _, p := range m.value.members {
		i := slices.IndexFunc(l.known, func(k *plugins.Plugin) bool { return k.ID == p.key })
		if i < 0 {
			l.unknownPlugin(p)
			continue
		}
		l.cfg.Plugins = append(l.cfg.Plugins, l.plugin(p, l.known[i]))
	}
}

func (l *loader) unknownPlugin(m member) {
	ids := make([]string, len(l.known))
	for i, k := range l.known {
		ids[i] = k.ID
	}
	if slices.Contains(unsupportedPlugins(), m.key) {
		l.diags.Add(diag.Diagnostic{
			Severity: diag.Error, Code: CodePlugin, Pos: m.pos,
			Summary: `plugin "` + m.key + `" is not supported yet`, Suggestion: "remove it", Detail: oneOf("plugins", ids),
		})
		return
	}
	l.diags.Add(diag.Diagnostic{
		Severity: diag.Error, Code: CodePlugin, Pos: m.pos,
		Summary: "unknown plugin " + `"` + m.key + `"`, Suggestion: Suggest(m.key, ids), Detail: oneOf("plugins", ids),
	})
}

// plugin reads the options of one plugin. option schema, which every plugin of upstream with tables
// has, is read here; it names tables and columns in the database.
func (l *loader) plugin(m member, p *plugins.Plugin) Plugin {
	of := &loader{
		cfg: l.cfg, known: l.known, output: l.output, table: pluginElsewhere(p),
		prefix: "plugins." + p.ID, about: `plugin "` + p.ID + `": `,
	}
	out := Plugin{Plugin: p, Pos: m.pos}
	for _, s := range of.group(m.value, pluginOptions(p, nil), "") {
		if s.generation {
			var tables pluginGeneration
			of.apply([]Setting{s.Setting}, &tables)
			out.Tables = tables.Schema
		} else {
			out.Settings = append(out.Settings, s.Setting)
		}
	}
	of.checkSettings(out.Settings)
	l.diags = append(l.diags, of.diags...)
	return out
}

// pluginGeneration holds the options every plugin with tables has.
type pluginGeneration struct {
	// Schema names tables and columns in the database, by table.
	Schema Map[PluginTable]
}

func pluginOptions(p *plugins.Plugin, docs map[string]string) *option {
	root := &option{typ: reflect.TypeFor[struct{}](), group: true}
	if p.Options != nil {
		root = builder{docs: docs}.options(reflect.ValueOf(p.Options()).Elem())
	}
	if p.Schema != nil {
		root.merge(builder{docs: docs, generation: true}.options(reflect.ValueOf(pluginGeneration{})))
	}
	return root
}

func (l *loader) apply(settings []Setting, target any) {
	if err := Apply(settings, target, nil); err != nil {
		l.errorf(settings[0].Pos, CodeType, "%s%v", l.about, err)
	}
}

func (l *loader) errorf(pos diag.Position, code, format string, args ...any) {
	l.diags.Errorf(pos, code, format, args...)
}

// index remembers where everything is.
func (l *loader) index(n *node, path string) {
	for _, m := range n.members {
		p := join(path, m.key)
		l.cfg.positions[p] = m.pos
		l.index(m.value, p)
	}
	for i, item := range n.items {
		p := ItemPath(path, i)
		l.cfg.positions[p] = item.pos
		l.index(item, p)
	}
}
