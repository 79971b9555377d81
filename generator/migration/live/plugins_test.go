package live

import (
	"fmt"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

func pluginIDs() []string {
	var ids []string
	for _, p := range all.Plugins() {
		ids = append(ids, p.ID)
	}
	return ids
}

// pluginSchema resolves a configuration with the given plugins, and those they
// need.
func pluginSchema(t *testing.T, d schema.Dialect, ids []string) schema.Schema {
	t.Helper()
	text := fmt.Sprintf("database: {dialect: %s}\nplugins:\n", d)
	for _, id := range ids {
		text += "  " + id + ":\n"
	}
	known := all.Plugins()
	cfg, diags := config.Load(config.FileName, []byte(text), known)
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	model, diags := resolve.Resolve(cfg, known, "example.com/app")
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	return model.Schema
}
