package generator_test

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/provider"
	"github.com/betterauth-gen/betterauth-gen/generator/render"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

// TestEachProviderAlone compiles what is emitted of package social, tests included, for each provider by
// itself. All of them share the other packages of one project.
func TestEachProviderAlone(t *testing.T) {
	dir := generate(t, withProviders(provider.IDs()...))
	for _, id := range provider.IDs() {
		files := socialPackage(t, withProviders(id))
		if len(files) == 0 {
			t.Fatalf("nothing is emitted for %s", id)
		}
		for name, text := range files {
			text = strings.ReplaceAll(text, `"example.com/shop/internal/auth/social"`, `"example.com/shop/alone/`+id+`"`)
			writeFile(t, filepath.Join(dir, "alone", id, filepath.FromSlash(name)), text)
		}
	}
	command(t, dir, "go", "vet", "-trimpath", "./alone/...")
	if n := strings.Count(command(t, dir, "go", "list", "./alone/..."), "\n"); n != len(provider.IDs()) {
		t.Errorf("%d packages for %d providers", n, len(provider.IDs()))
	}
}

// TestProvidersAreEmittedOnDemand looks at what there is of package social.
func TestProvidersAreEmittedOnDemand(t *testing.T) {
	for _, test := range []struct{ name, config, file, gone string }{
		{"none", "", "", "social.go"},
		{"one", withProviders("github"), "github.go", "google.go"},
		{"disabled", withProviders("github") + "    enabled: false\n", "github.go", "google.go"},
		{"plugin", "plugins: {generic-oauth: {config: [{preset: slack, clientId: x}]}}\n", "social.go", "slack.go"},
	} {
		files := socialPackage(t, test.config)
		if _, there := files[test.file]; test.file != "" && !there {
			t.Errorf("%s: %s is missing", test.name, test.file)
		}
		if _, there := files[test.gone]; there {
			t.Errorf("%s: %s is there", test.name, test.gone)
		}
	}
}

// TestModulesOfProviders makes sure that only those who sign in elsewhere get the libraries for it.
func TestModulesOfProviders(t *testing.T) {
	for config, want := range map[string]bool{"database: {dialect: sqlite}\n": false, withProviders("github"): true} {
		mod := readFile(t, filepath.Join(generate(t, config), "go.mod"))
		for _, library := range []string{"golang.org/x/oauth2", "github.com/coreos/go-oidc/v3"} {
			if strings.Contains(mod, library) != want {
				t.Errorf("%s required: want %v, with\n%s", library, want, config)
			}
		}
	}
}

// withProviders is a configuration of providers with all credentials.
func withProviders(ids ...string) string {
	var b strings.Builder
	b.WriteString("database: {dialect: sqlite}\nsocialProviders:\n")
	for _, id := range ids {
		fmt.Fprintf(&b, "  %s:\n", id)
		for _, c := range config.Credentials(id) {
			fmt.Fprintf(&b, "    %s: ${%s}\n", c.Option, c.Variable)
		}
	}
	return b.String()
}

// socialPackage returns the files of package social that a configuration leads to.
func socialPackage(t *testing.T, text string) map[string]string {
	t.Helper()
	cfg, diags := config.Load(config.FileName, []byte(text), all.Plugins())
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	m, diags := resolve.Resolve(cfg, all.Plugins(), "example.com/shop")
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	tree, _, err := render.Tree(m)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range tree {
		if name, ok := strings.CutPrefix(f.Path, path.Join(m.Output, "social")+"/"); ok {
			files[name] = string(f.Data)
		}
	}
	return files
}
