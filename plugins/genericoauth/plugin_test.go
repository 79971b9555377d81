package genericoauth_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/plugins/genericoauth"
	source "github.com/betterauth-gen/betterauth-gen/plugins/genericoauth/source"
)

// TestEveryUpstreamOptionIsAnswered compares with the options of Better Auth 1.7.5: each is an option or a
// Go function, and the functions exist.
func TestEveryUpstreamOptionIsAnswered(t *testing.T) {
	text, err := os.ReadFile("testdata/options.txt")
	if err != nil {
		t.Fatal(err)
	}
	functions := genericoauth.Plugin().Functions
	count := 0
	for line := range strings.Lines(string(text)) {
		mark, path, _ := strings.Cut(strings.TrimSpace(line), " ")
		path, inside := strings.CutPrefix(path, "config[].")
		if mark == "#" || !inside {
			continue
		}
		count++
		function, isFunction := functions["*."+path]
		if here := accepts(t, path); here == isFunction && path != "tokenEndpointAuth" {
			t.Errorf("%s: option here: %v, function: %q", path, here, function)
		}
	}
	if count != 40 {
		t.Errorf("%d options", count)
	}
	members := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[source.ProviderFuncs]()) {
		members["genericoauth.ProviderFuncs."+f.Name] = true
	}
	for option, function := range functions {
		if !members[function] {
			t.Errorf("%s: there is no %s", option, function)
		}
	}
}

// accepts reports whether betterauth.yaml knows the option, whatever its value must be.
func accepts(t *testing.T, path string) bool {
	t.Helper()
	value := "{}"
	for _, key := range reversed(strings.Split(path, ".")) {
		value = "{" + key + ": " + value + "}"
	}
	text := "plugins: {generic-oauth: {config: [" + value + "]}}\n"
	_, diags := config.Load(config.FileName, []byte(text), []*plugins.Plugin{genericoauth.Plugin()})
	for _, d := range diags {
		if d.Code == config.CodeUnknown || d.Code == config.CodeFunction {
			return false
		}
	}
	return true
}

func reversed(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[len(list)-1-i] = s
	}
	return out
}

func TestValidate(t *testing.T) {
	p := genericoauth.Plugin()
	problems := p.Validate(&source.Options{Config: []source.ProviderOptions{
		{Preset: "keycloak", Issuer: "${KEYCLOAK}", ClientID: "${ID}"},
		{Preset: "microsoftEntraId", TenantID: "${TENANT}", ClientID: "x"},
		{Preset: "microsoftEntraId", TenantID: "common", ClientID: "x", ProviderID: "other"},
		{Preset: "keycloak", ClientID: "x"},
		{ProviderID: "${NAME}", ClientID: "x", AuthorizationURL: "https://idp.example"},
	}})
	var got []string
	for _, problem := range problems {
		got = append(got, problem.Path+" "+problem.Message)
	}
	want := []string{
		"config[2] preset microsoftEntraId needs the GUID of a tenant as tenantId; for common, organizations and consumers there is the built-in provider microsoft",
		"config[3] preset keycloak needs issuer",
		"config[3] there are two providers keycloak",
		`config[4] providerId is "${NAME}", want letters, digits, - and _`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("problems\n%s", strings.Join(got, "\n"))
	}
	if ids := p.Providers(&source.Options{Config: []source.ProviderOptions{{Preset: "microsoftEntraId"}, {ProviderID: "acme"}}}); !reflect.DeepEqual(ids, []string{"microsoft-entra-id", "acme"}) {
		t.Errorf("providers %v", ids)
	}
}
