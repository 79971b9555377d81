package config

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/provider"
)

// TestEveryProviderIsThere compares the providers, and the options of each, with upstream's: an option is
// an option here, or the table says where it went, and never both.
func TestEveryProviderIsThere(t *testing.T) {
	ids, options := providerInventory(t)
	for _, id := range ids {
		p, ok := provider.ByID(id)
		if !ok {
			t.Errorf("there is no provider %s", id)
			continue
		}
		root := providerOptions(p, nil)
		for option := range options {
			of, path, _ := strings.Cut(option, ".")
			if of != "*" && of != id {
				continue
			}
			here := root.at(path) != nil
			e, there := find(providerElsewhere(id), path)
			if here == there {
				t.Errorf("%s.%s: option here: %v, in the table: %v (%s)", id, path, here, there, e.pattern)
			}
		}
	}
	for _, id := range provider.IDs() {
		if !slices.Contains(ids, id) {
			t.Errorf("upstream has no provider %s", id)
		}
	}
}

// ours are options upstream does not have: there the application signs Apple's client secret.
func ours() []string { return []string{"apple.teamId", "apple.keyId", "apple.privateKey"} }

// TestProviderOptionsAreUpstreams keeps providers from having other options that upstream does not know.
func TestProviderOptionsAreUpstreams(t *testing.T) {
	_, options := providerInventory(t)
	for _, p := range provider.List() {
		for _, o := range providerOptions(p, nil).options {
			if _, ok := options[p.ID+"."+o.key]; ok || slices.Contains(ours(), p.ID+"."+o.key) {
				continue
			}
			if _, ok := options["*."+o.key]; !ok {
				t.Errorf("upstream's %s has no %s", p.ID, o.key)
			}
		}
	}
	for _, e := range unsupportedOfProviders() {
		if _, ok := options[e.pattern]; !ok {
			t.Errorf("%s is no option of upstream", e.pattern)
		}
	}
	for _, e := range providerElsewhere("microsoft") {
		if e.function != "" && !options["*."+e.pattern] && !options["microsoft."+e.pattern] {
			t.Errorf("%s is not a function upstream", e.pattern)
		}
	}
}

// TestProvidersAreDocumented makes sure that editors can say what a provider's options are.
func TestProvidersAreDocumented(t *testing.T) {
	docs, err := providerDocs()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range provider.List() {
		if docs[p.OptionsType()] == "" {
			t.Errorf("%s has no comment", p.OptionsType())
		}
		for _, o := range providerOptions(p, docs).options {
			if o.doc == "" {
				t.Errorf("%s.%s has no comment", p.ID, o.key)
			}
		}
	}
}

// providerInventory returns upstream's providers, and their options with whether they take a function.
func providerInventory(t *testing.T) (ids []string, options map[string]bool) {
	t.Helper()
	text, err := os.ReadFile("testdata/provider_options.txt")
	if err != nil {
		t.Fatal(err)
	}
	options = map[string]bool{}
	for line := range strings.Lines(string(text)) {
		mark, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch list, isList := strings.CutPrefix(rest, "providers: "); {
		case isList:
			ids = strings.Fields(list)
		case mark != "#":
			options[rest] = mark == "f"
		}
	}
	if len(ids) != 36 || len(options) < 50 {
		t.Fatalf("the inventory has %d providers and %d options", len(ids), len(options))
	}
	return ids, options
}
