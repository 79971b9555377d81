package config

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/provider"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// providerFile is the user's file with the functions of social providers.
const providerFile = "social.go"

// socialProviders reads the map of provider ids to options.
func (l *loader) socialProviders(m member) {
	if m.value.kind != mapNode && m.value.kind != nullNode {
		l.diags.Add(diag.Diagnostic{
			Severity: diag.Error, Code: CodeType, Pos: m.value.pos,
			Summary:    "socialProviders: expected a map of provider ids to their options, got " + m.value.String(),
			Suggestion: "write each provider as a key, such as google:",
		})
		return
	}
	for _, member := range m.value.members {
		if p, ok := provider.ByID(member.key); ok {
			l.cfg.Providers = append(l.cfg.Providers, l.provider(member, p))
			continue
		}
		l.diags.Add(diag.Diagnostic{
			Severity: diag.Error, Code: CodeProvider, Pos: member.pos,
			Summary:    "unknown social provider " + `"` + member.key + `"`,
			Suggestion: suggestProvider(member.key), Detail: oneOf("providers", provider.IDs()),
		})
	}
}

// suggestProvider names the provider that is meant, or the plugin for those that are not built in.
func suggestProvider(id string) string {
	if near := Suggest(id, provider.IDs()); near != "" {
		return near
	}
	return "any OAuth 2 or OpenID Connect provider can be added with plugin generic-oauth"
}

// provider reads the options of one provider.
func (l *loader) provider(m member, p provider.Provider) Provider {
	of := &loader{
		cfg: l.cfg, output: l.output, table: providerElsewhere(p.ID),
		prefix: "socialProviders." + p.ID, about: `social provider "` + p.ID + `": `,
	}
	out := Provider{Provider: p, Enabled: true, Pos: m.pos}
	for _, s := range of.group(m.value, providerOptions(p, nil), "") {
		out.Settings = append(out.Settings, s.Setting)
		if s.Path == "enabled" {
			out.Enabled = s.Value.Bool
		}
	}
	of.checkSettings(out.Settings)
	if out.Enabled && of.diags.Err() == nil {
		of.checkProvider(out)
	}
	l.diags = append(l.diags, of.diags...)
	return out
}

// checkProvider warns of a provider that lacks something. The server starts without: it will not be
// there for those who want it.
func (l *loader) checkProvider(p Provider) {
	options := p.Options()
	if Apply(p.Settings, options, func(name string) string { return "${" + name + "}" }) != nil {
		return // reported
	}
	err := p.Check(options)
	if err == nil || slices.ContainsFunc(p.Settings, decidedLater) {
		return
	}
	l.diags.Add(diag.Diagnostic{
		Severity: diag.Warning, Code: CodeProvider, Pos: p.Pos, Summary: l.about + cmp.Or(errors.Unwrap(err), err).Error(),
		Suggestion: suggestCredential(p.ID, err),
	})
}

// decidedLater reports a setting that only the server can judge: ids and secrets just have to be there.
func decidedLater(s Setting) bool {
	return !strings.HasPrefix(s.Path, "client") && len(s.Value.Variables()) > 0
}

// suggestCredential says how to write the credential whose absence err reports.
func suggestCredential(id string, err error) string {
	credentials := Credentials(id)
	for i, missing := range []error{social.ErrNoClientID, social.ErrNoClientSecret} {
		if errors.Is(err, missing) {
			return "write " + credentials[i].Option + ": ${" + credentials[i].Variable + "} and set that variable"
		}
	}
	return ""
}

func providerOptions(p provider.Provider, docs map[string]string) *option {
	return builder{docs: docs}.options(reflect.ValueOf(p.Options()).Elem())
}

// providerElsewhere returns what a social provider has no option for: what is a function upstream is a
// member of social.Funcs.
func providerElsewhere(id string) []elsewhere {
	var out []elsewhere
	for _, f := range reflect.VisibleFields(reflect.TypeFor[social.Funcs]()) {
		if f.Type.Kind() != reflect.Func {
			continue
		}
		out = append(out, elsewhere{pattern: functionKey(f), function: "social.Funcs." + f.Name, file: providerFile})
	}
	for _, e := range unsupportedOfProviders() {
		if of, option, _ := strings.Cut(e.pattern, "."); of == "*" || of == id {
			out = append(out, elsewhere{pattern: option, reason: e.reason})
		}
	}
	return out
}

// functionKey is upstream's name of a function: ID is written Id there.
func functionKey(f reflect.StructField) string { return strings.ReplaceAll(keyOf(f), "ID", "Id") }

// unsupportedOfProviders lists the options of Better Auth 1.7.5 that are neither in a provider's Options
// nor in social.Funcs. A test compares it with upstream's inventory.
func unsupportedOfProviders() []elsewhere {
	const unread = "Better Auth does not read it"
	return []elsewhere{
		{pattern: "paypal.requestShippingAddress", reason: unread},
		{pattern: "vk.scheme", reason: unread},
		{pattern: "wechat.platformType", reason: unread},
	}
}
