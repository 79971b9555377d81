package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

func TestUnsupportedPlugins(t *testing.T) {
	unsupported := unsupportedPlugins()
	if !slices.IsSorted(unsupported) {
		t.Error("the list is not sorted")
	}
	for _, p := range all.Plugins() {
		if slices.Contains(unsupported, p.ID) {
			t.Errorf("%s is supported", p.ID)
		}
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "compatibility.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := "`" + strings.Join(unsupported, "`, `") + "`"
	if !strings.Contains(strings.Join(strings.Fields(string(page)), " "), named) {
		t.Errorf("docs/compatibility.md does not list %s", named)
	}
	_, diags := Load(FileName, []byte("plugins:\n  organization:\n"), all.Plugins())
	if len(diags) != 1 || diags[0].String() != `betterauth.yaml:2:3: error: plugin "organization" is not supported yet (remove it)` {
		t.Errorf("got %v", diags)
	}
}
