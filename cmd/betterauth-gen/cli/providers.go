package cli

import (
	"net/url"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
)

// providerJSON is a social provider.
type providerJSON struct {
	ID       string `json:"id"`
	Enabled  bool   `json:"enabled"`
	Plugin   string `json:"plugin,omitempty"` // that adds it; none for the built-in ones
	Callback string `json:"callback"`         // the redirect URI to register with the provider
}

// providers lists the social providers, those of plugins first: that is how they are looked up.
func providers(m *resolve.Model, getenv func(string) string) []providerJSON {
	base := authURL(m, getenv)
	list := []providerJSON{}
	for _, p := range m.Plugins {
		if p.Providers == nil {
			continue
		}
		for _, id := range p.Providers(p.Options) {
			list = append(list, providerJSON{ID: id, Enabled: true, Plugin: p.ID, Callback: base + "/callback/" + id})
		}
	}
	for _, p := range m.Providers {
		one := providerJSON{ID: p.ID, Enabled: p.Enabled, Callback: base + "/callback/" + p.ID}
		if uri, ok := find(p.Settings, "redirectURI"); ok {
			one.Callback = uri.Text.Resolve(getenv)
		}
		list = append(list, one)
	}
	return list
}

// authURL is where the endpoints are, in the environment given.
func authURL(m *resolve.Model, getenv func(string) string) string {
	base := ""
	for _, path := range []string{"baseURL", "baseURL.fallback"} {
		if s, ok := find(m.Settings, path); ok {
			base = s.Text.Resolve(getenv)
		}
	}
	if hosts, ok := find(m.Settings, "baseURL.allowedHosts"); ok && base == "" && len(hosts.Items) > 0 {
		scheme := "https://"
		if m.Options.DynamicBaseURL.Protocol == "http" {
			scheme = "http://"
		}
		base = scheme + hosts.Items[0].Text.Resolve(getenv)
	}
	base = strings.TrimRight(firstOf(base, getenv("BETTER_AUTH_URL"), "http://localhost:"+firstOf(getenv("PORT"), "3000")), "/")
	if u, err := url.Parse(base); err == nil && u.Path != "" {
		return base // a path in the URL wins
	}
	return base + "/" + strings.Trim(m.Options.BasePath, "/")
}

func find(settings []config.Setting, path string) (config.Value, bool) {
	i := slices.IndexFunc(settings, func(s config.Setting) bool { return s.Path == path })
	if i < 0 {
		return config.Value{}, false
	}
	return settings[i].Value, true
}

// unsetVariables returns the variables that the settings of social providers are read from and that have no value.
func unsetVariables(m *resolve.Model, getenv func(string) string) []string {
	var settings []config.Setting
	for _, p := range m.Providers {
		if p.Enabled {
			settings = append(settings, p.Settings...)
		}
	}
	for _, p := range m.Plugins {
		if p.Providers != nil {
			settings = append(settings, p.Settings...)
		}
	}
	var names []string
	for _, s := range settings {
		for _, name := range s.Value.Variables() {
			if getenv(name) == "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}
