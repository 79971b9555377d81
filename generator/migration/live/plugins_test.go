package live

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// TestPluginsInAnyOrder adds the plugins one at a time, in random order, to a
// database with rows: after each, up, down and up again give the same tables.
func TestPluginsInAnyOrder(t *testing.T) {
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		for seed := range uint64(3) {
			ids := pluginIDs()
			rand.New(rand.NewPCG(seed, uint64(d))).Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
			t.Run(strings.Join(ids, ","), func(t *testing.T) { addPlugins(t, d, ids) })
		}
	})
}

func addPlugins(t *testing.T, d schema.Dialect, ids []string) {
	p := newProject(t, d)
	p.migrate(pluginSchema(t, d, nil))
	insertRows(t, d, p.db, schema.Core())
	for i := range ids {
		before := structure(t, d, p.db)
		target := pluginSchema(t, d, ids[:i+1])
		changes := schema.Diff(p.log.Schema(), target, schema.DiffOptions{}).Changes
		if len(changes) == 0 {
			continue // it has no tables
		}
		p.write(changes)
		p.up()
		after := structure(t, d, p.db)
		if want := created(t, d, p.log.Schema()); !same(after, want, d == schema.SQLite) {
			t.Errorf("%s: migrated:\n%s\n\ncreated at once:\n%s", ids[i], after, want)
		}
		m := p.open()
		if _, err := m.Down(t.Context(), p.written); err != nil {
			t.Fatalf("%s: down: %v", ids[i], err)
		}
		if got := structure(t, d, p.db); got != before {
			t.Errorf("%s: after down:\n%s\n\nbefore up:\n%s", ids[i], got, before)
		}
		p.up()
		if got := structure(t, d, p.db); got != after {
			t.Errorf("%s: second up:\n%s\n\nfirst up:\n%s", ids[i], got, after)
		}
	}
	if got := query(t, p.db, `SELECT count(*) FROM session`); got[0] != "1" {
		t.Errorf("%s sessions, want 1", got[0])
	}
}

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
