package config

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

func TestJSONSchemaOfBuiltIns(t *testing.T) {
	text, err := JSONSchema(all.Plugins())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "../../golden/schema.json", text)
}

func TestJSONSchemaOfPlugin(t *testing.T) {
	text, err := JSONSchema(testPlugins())
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Properties struct {
			Plugins struct {
				Properties map[string]json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/plugin_schema.json", s.Properties.Plugins.Properties["two-factor"])
}

func TestJSONSchemaDescribesEveryOption(t *testing.T) {
	docs, err := coreDocs()
	if err != nil {
		t.Fatal(err)
	}
	selfEvident := map[string]bool{"advanced.crossSubDomainCookies.enabled": true}
	var walk func(o *option, path string)
	walk = func(o *option, path string) {
		for _, c := range o.options {
			if p := join(path, c.key); c.group {
				walk(c, p)
			} else if c.doc == "" && !selfEvident[p] && path != "advanced.defaultCookieAttributes" {
				t.Errorf("%s has no doc comment", p)
			}
		}
	}
	walk(coreOptions(docs), "")
}

func TestTemplateLoads(t *testing.T) {
	for name, c := range map[string]Choices{
		"defaults": {Available: []string{"bearer", "two-factor"}},
		"full": {
			AppName: `Shop "${x}"`, Dialect: "mysql", Output: "internal/login", Framework: "gin",
			EmailAndPassword: true, RequireEmailVerification: true, Plugins: []string{"two-factor", "bearer"},
			Providers: []string{"google", "tiktok"},
		},
	} {
		text, err := Template(c)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "testdata/template_"+name+".yaml", text)
		cfg := load(t, string(text))
		if !strings.HasPrefix(string(text), "# yaml-language-server: $schema=./"+SchemaFile+"\n") {
			t.Errorf("%s: the first line does not name the schema", name)
		}
		fill(&c.AppName, "Better Auth")
		if got := cfg.Settings[0].Value.Text.Literal(); got != c.AppName || len(cfg.Plugins) != len(c.Plugins) || len(cfg.Providers) != len(c.Providers) {
			t.Errorf("%s: app name %q, plugins %v, providers %v", name, got, cfg.Plugins, cfg.Providers)
		}
	}
}
