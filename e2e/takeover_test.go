package e2e_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestTakeOver runs an emitted server on a database that Better Auth created and filled, whose tables lack
// the indexes of our migrations, and Better Auth on one that an emitted server filled. Sessions, passwords,
// links in flight, second factors and trusted devices have to survive both ways.
//
// security: 6
func TestTakeOver(t *testing.T) {
	t.Parallel()
	p := setup(t)
	needNode(t)
	onEachDialect(t, func(t *testing.T, dialect string) {
		configs := []string{"take-over", "renamed", "serial", "uuid"}
		if dialect == "postgres" {
			configs = append(configs, "in-schema")
		}
		for _, config := range configs {
			t.Run(config, func(t *testing.T) { p.takeOver(t, dialect, config) })
		}
	})
}

// takeOver lets both servers take over a database of the other's. In "renamed" tables and columns have names
// of their own, and there are additional fields.
func (p programs) takeOver(t *testing.T, dialect, config string) {
	p.mustBuild(t, dialect, config)
	for name, exec := range map[string][2][]string{
		"from Better Auth": {nil, {"--exec", p.serve}},
		"to Better Auth":   {{"--exec", p.serve}, {"--target", "upstream"}},
	} {
		t.Run(name, func(t *testing.T) {
			database := newDatabase(t, dialect)
			filled := filepath.Join(t.TempDir(), "filled.json")
			p.node("fill.mjs", append(exec[0], "--config", config, "--database", database, "--out", filled)...).run(t)
			if name == "from Better Auth" {
				p.refusesToMigrate(t, dialect+"-"+config, database)
			}
			probe := p.node("probe.mjs", append(exec[1], "--filled", filled, "--database", database)...)
			probe.env = append(probe.env, "E2E_MIGRATE=0")
			t.Log(probe.run(t))
		})
	}
}

// refusesToMigrate checks that migrate up does not touch tables it did not create.
func (p programs) refusesToMigrate(t *testing.T, app, database string) {
	t.Helper()
	out, err := command{
		dir:  filepath.Join(p.work, app),
		env:  []string{"DATABASE_URL=" + database},
		args: []string{p.cli, "migrate", "up", "--yes"},
	}.try(t)
	if err == nil || !strings.Contains(out, "already exists") {
		t.Errorf("migrate up on the tables of Better Auth: %v\n%s", err, out)
	}
}
