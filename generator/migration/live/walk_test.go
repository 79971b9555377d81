package live

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// TestWalks changes betterauth.yaml step by step, in random order: it adds each plugin, turns on each option of
// theirs that changes the schema, renames tables and columns, and adds, changes and removes fields. Every table
// has a row before each step. Up gives the tables a new database would have, down those there were, up again the
// same; the rows stay, and nothing drifts.
//
// BETTERAUTH_WALKS says how many walks there are, and makes them others each time; make fuzz sets it. The seed is
// the test's name, and BETTERAUTH_WALK_SEED walks that way again.
func TestWalks(t *testing.T) {
	first, walks := uint64(1), 2
	if n, err := strconv.Atoi(os.Getenv("BETTERAUTH_WALKS")); err == nil && n > 0 {
		first, walks = uint64(time.Now().Unix()), n
	}
	if seed, err := strconv.ParseUint(os.Getenv("BETTERAUTH_WALK_SEED"), 10, 64); err == nil {
		first, walks = seed, 1
	}
	eachDialect(t, func(t *testing.T, d schema.Dialect) {
		for i := range walks {
			seed := first + uint64(i)
			t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
				w := newWalker(t, d, rand.New(rand.NewPCG(seed, uint64(d))))
				w.walk()
			})
		}
	})
}

// walker changes the configuration of a project and migrates its database.
type walker struct {
	*rand.Rand
	*project
	config  map[string]any
	fields  []field // that the configuration has
	made    int     // names made up
	ids     schema.IDs
	visited []string // steps, for messages
}

// field is a column of the user's own.
type field struct{ table, key string }

func newWalker(t *testing.T, d schema.Dialect, r *rand.Rand) *walker {
	w := &walker{Rand: r, project: newProject(t, d), config: map[string]any{}}
	w.set("database.dialect", d.String())
	kinds := []schema.IDs{schema.TextIDs, schema.UUIDs, schema.SerialIDs, schema.DatabaseIDs}
	if d == schema.MySQL {
		kinds = kinds[:3]
	}
	if w.ids = kinds[r.IntN(len(kinds))]; w.ids != schema.TextIDs {
		w.set("advanced.database.generateId", w.ids.String())
	}
	w.visited = []string{"ids " + w.ids.String()}
	return w
}

func (w *walker) walk() {
	w.migrate(w.schema())
	steps := w.steps()
	w.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	for _, step := range steps {
		step()
		w.step()
		if w.t.Failed() {
			w.t.Fatalf("after %s", strings.Join(w.visited, "; "))
		}
	}
	w.thereAndBack()
}

// steps returns all there are to take. Each changes the configuration when its time has come.
func (w *walker) steps() []func() {
	steps := []func(){
		func() { w.set("rateLimit.storage", "database") },
		func() { w.set("database.usePlural", true) },
		w.renameTable, w.renameTable, w.renameColumn, w.renameColumn, w.renameColumn,
		w.addField, w.addField, w.addField, w.addField, w.addField,
		w.changeField, w.changeField, w.renameField, w.renameField, w.removeField,
	}
	for _, p := range all.Plugins() {
		steps = append(steps, func() { w.plugin(p.ID) })
		for _, option := range schemaOptions(p) {
			steps = append(steps, func() {
				w.plugin(p.ID)
				w.set("plugins."+p.ID+"."+option, true)
			})
		}
	}
	return steps
}

// step migrates up, down and up.
func (w *walker) step() {
	t, d, from := w.t, w.dialect, w.log.Schema()
	changes := schema.Diff(from, w.schema(), schema.DiffOptions{}).Changes
	if steps, err := migration.Plan(d, from, changes); err == nil && len(steps) == 0 && !slices.ContainsFunc(changes, isRekey) {
		return // the database does not notice
	}
	w.fill(from)
	tables, rows := structure(t, d, w.db), w.rows(from)
	w.write(changes)
	to := w.log.Schema()
	w.up()
	migrated := structure(t, d, w.db)
	alike(t, d, "migrated", migrated, created(t, d, to))
	if drift := compare(t, w.project); len(drift.Differences)+len(drift.Notes) > 0 {
		t.Errorf("drift: %+v", drift)
	}
	moved := follow(rows, changes)
	kept(t, "up", moved, w.rows(to))

	m := w.open()
	if _, err := m.Down(t.Context(), w.written); err != nil {
		t.Fatalf("down: %v", err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	alike(t, d, "down", structure(t, d, w.db), tables)
	kept(t, "down", rows, w.rows(from))
	w.up()
	alike(t, d, "second up", structure(t, d, w.db), migrated)
	kept(t, "second up", moved, w.rows(to))
}

// thereAndBack takes everything back, and applies it to the empty database.
func (w *walker) thereAndBack() {
	t, d := w.t, w.dialect
	want := structure(t, d, w.db)
	if _, err := w.open().Down(t.Context(), len(w.log.Entries)); err != nil {
		t.Fatalf("down to nothing: %v", err)
	}
	alike(t, d, "down to nothing", structure(t, d, w.db), "")
	w.up()
	alike(t, d, "all at once", structure(t, d, w.db), want)
}

// alike compares structures, and shows the lines that only one has. What a column of SQLite gets by default does
// not count: it may keep the literal with which its rows were filled.
func alike(t *testing.T, d schema.Dialect, what, got, want string) {
	t.Helper()
	if same(got, want, d == schema.SQLite) {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for _, line := range a {
		if !slices.Contains(b, line) {
			t.Errorf("%s: has    %s", what, line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			t.Errorf("%s: has no %s", what, line)
		}
	}
}

func isRekey(c schema.Change) bool { _, ok := c.(schema.RekeyColumn); return ok }

// values are the contents of columns, by the keys of table and column.
type values map[field]string

// rows reads every table of a schema.
func (w *walker) rows(s schema.Schema) values {
	out := values{}
	for _, t := range s.Tables {
		for _, c := range t.Columns {
			q := func(name string) string { return migration.Quote(w.dialect, name) }
			out[field{t.Key, c.Key}] = strings.Join(query(w.t, w.db, "SELECT "+q(c.Name)+" FROM "+q(t.Name)), ", ")
		}
	}
	return out
}

// follow gives values the keys they have after changes.
func follow(v values, changes []schema.Change) values {
	out := maps.Clone(v)
	for _, c := range changes {
		if c, ok := c.(schema.RekeyColumn); ok {
			out[field{c.Table, c.To}] = out[field{c.Table, c.From}]
			delete(out, field{c.Table, c.From})
		}
	}
	return out
}

// kept compares values with those of before. Where there was none, a default may be.
func kept(t *testing.T, when string, before, after values) {
	t.Helper()
	for at, value := range before {
		if got, ok := after[at]; !ok || got != value && value != "NULL" {
			t.Errorf("after %s %s.%s = %q, want %q", when, at.table, at.key, got, value)
		}
	}
}

// fill puts a row into every table that has none.
func (w *walker) fill(s schema.Schema) {
	ordered, err := s.CreationOrder()
	if err != nil {
		w.t.Fatal(err)
	}
	for _, t := range ordered {
		if got := query(w.t, w.db, "SELECT count(*) FROM "+migration.Quote(w.dialect, t.Name)); got[0] != "0" {
			continue
		}
		row := map[string]string{}
		for _, c := range t.Columns {
			if c.Required || w.IntN(2) == 0 {
				row[c.Name] = w.value(s, c)
			}
		}
		insert(w.t, w.dialect, w.db, t.Name, row)
	}
}

// value returns what rows have in a column, as a literal.
func (w *walker) value(s schema.Schema, c schema.Column) string {
	switch {
	case c.IsID():
		return map[schema.IDs]string{
			schema.TextIDs: "'id1'", schema.UUIDs: "'00000000-0000-4000-8000-000000000001'", schema.SerialIDs: "1", schema.DatabaseIDs: "'id1'",
		}[c.IDs]
	case c.Ref != nil:
		other, _ := s.Column(c.Ref.Table, c.Ref.Column)
		return w.value(s, other)
	case len(c.Enum) > 0:
		return "'" + c.Enum[0] + "'"
	case c.Type == schema.Boolean && w.dialect == schema.SQLite:
		return "1"
	case c.Type == schema.Date && w.dialect == schema.SQLite:
		return "'2026-01-02T03:04:05.006Z'"
	}
	return map[schema.Type]string{
		schema.String: "'x'", schema.Number: "12", schema.Boolean: "true", schema.Date: "'2026-01-02 03:04:05.006'",
		schema.JSON: `'{"a":1}'`, schema.StringArray: `'["a"]'`, schema.NumberArray: "'[1]'",
	}[c.Type]
}

// schema resolves the configuration.
func (w *walker) schema() schema.Schema {
	w.t.Helper()
	s, err := resolved(w.config)
	if err != nil {
		w.t.Fatalf("after %s: %v", strings.Join(w.visited, "; "), err)
	}
	return s
}

func resolved(tree map[string]any) (schema.Schema, error) {
	text, err := yaml.Marshal(tree)
	if err != nil {
		return schema.Schema{}, err
	}
	cfg, diags := config.Load(config.FileName, text, all.Plugins())
	if err := diags.Err(); err != nil {
		return schema.Schema{}, err
	}
	model, diags := resolve.Resolve(cfg, all.Plugins(), "example.com/app")
	if err := diags.Err(); err != nil {
		return schema.Schema{}, err
	}
	return model.Schema, nil
}
