package migration_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"ariga.io/atlas/sql/migrate"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// TestFormatsReadWhatTheyPrint: the statements survive every format on every
// database, those with semicolons, comments and dollar quotes included.
func TestFormatsReadWhatTheyPrint(t *testing.T) {
	tricky := with(
		required(column("motto", schema.String), &schema.Default{Value: "it's; -- a $$ \\ \"text\""}),
		required(column("seenAt", schema.Date), &schema.Default{Now: true}))
	for _, format := range migration.Formats() {
		for _, d := range schema.Dialects() {
			steps := plan(t, d, schema.Core(), tricky)
			drop, err := migration.Plan(d, tricky, []schema.Change{schema.DropColumn{Table: "user", Column: tricky.Tables[0].Columns[7]}})
			if err != nil {
				t.Fatal(err)
			}
			for name, steps := range map[string]migration.Steps{"20260821120000_change": steps, "20260821120001_drop": drop} {
				dir := fstest.MapFS{}
				texts := format.Print(name, d, steps)
				for _, text := range texts {
					dir[text.Name] = &fstest.MapFile{Data: text.Data}
				}
				got, err := format.Read(dir, d, texts[0].Name)
				if err != nil {
					t.Fatalf("%s on %s: %v", format.Name(), d, err)
				}
				up, _ := got.Unbracketed(got.Up)
				down, _ := got.Unbracketed(got.Down)
				if steps.Rebuilds() && !got.NoTransaction {
					up, down = unbracketed(up), unbracketed(down)
				}
				if !slices.Equal(up, steps.Up()) {
					t.Errorf("%s on %s, up: %q\nwant %q", format.Name(), d, up, steps.Up())
				}
				if len(got.Down) > 0 && !slices.Equal(down, steps.Down()) {
					t.Errorf("%s on %s, down: %q\nwant %q", format.Name(), d, down, steps.Down())
				}
				if format.Name() != "atlas" && len(got.Down) == 0 {
					t.Errorf("%s on %s: there is no way back", format.Name(), d)
				}
			}
		}
	}
}

// unbracketed takes the transaction off files of formats that cannot say that
// they have one.
func unbracketed(statements []string) []string {
	s, _ := migration.Script{NoTransaction: true}.Unbracketed(statements)
	return s
}

// TestAtlasAcceptsItsSum has Atlas check a folder with a file of the user's own.
func TestAtlasAcceptsItsSum(t *testing.T) {
	dir := t.TempDir()
	texts := []migration.Text{{Name: "20200101000000_own.sql", Data: []byte("CREATE TABLE mine (id int);\n")}}
	files, err := migration.Pending(&migration.Log{}, schema.Core(), func() migration.Options {
		o := options()
		o.Format = "atlas"
		return o
	}())
	if err != nil {
		t.Fatal(err)
	}
	texts = append(texts, files[0].Texts()...)
	sum, err := migration.SumAtlas(texts)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range append(texts, migration.Text{Name: migration.AtlasSum, Data: sum}) {
		if err := os.WriteFile(filepath.Join(dir, text.Name), text.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	local, err := migrate.NewLocalDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := migrate.Validate(local); err != nil {
		t.Error(err)
	}
}

// TestPostgresMakesIndexesOfTheirOwn: those of tables that exist come last, in a
// file that no transaction surrounds; golang-migrate needs a file for each.
func TestPostgresMakesIndexesOfTheirOwn(t *testing.T) {
	handle, team := column("handle", schema.String), column("team", schema.String)
	handle.Unique, team.Index = true, true
	for format, want := range map[string]int{"goose": 2, "plain": 2, "atlas": 2, "golang-migrate": 3} {
		o := options()
		o.Dialect, o.Format = schema.Postgres, format
		r := repo{fstest.MapFS{}}
		files, err := migration.Pending(r.load(t), schema.Core(), o)
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: %d files for new tables, %v, want one", format, len(files), err)
		}
		r.MapFS[files[0].Entry.File] = &fstest.MapFile{Data: files[0].Log}
		files, err = migration.Pending(r.load(t), with(handle, team), o)
		if err != nil || len(files) != want {
			t.Fatalf("%s: %d files, %v, want %d", format, len(files), err, want)
		}
		for i, f := range files {
			if got := strings.Contains(string(f.SQL), "INDEX CONCURRENTLY"); got != (i > 0) {
				t.Errorf("%s: file %d:\n%s", format, i+1, f.SQL)
			}
			if n := strings.Count(string(f.SQL), ";\n"); format == "golang-migrate" && i > 0 && n != 1 {
				t.Errorf("%s: file %d has %d statements, which make a transaction:\n%s", format, i+1, n, f.SQL)
			}
			r.MapFS[f.Entry.File] = &fstest.MapFile{Data: f.Log}
		}
		if again, err := migration.Pending(r.load(t), with(handle, team), o); err != nil || len(again) > 0 {
			t.Errorf("%s: %d files are left, %v", format, len(again), err)
		}
		team.Unique = true // instead of the index it has
		files, err = migration.Pending(r.load(t), with(handle, team), o)
		if one := format != "golang-migrate"; err != nil || len(files) != map[bool]int{true: 1, false: 2}[one] {
			t.Fatalf("%s: %d files for another index, %v", format, len(files), err)
		}
		team.Unique = false
	}
}

// TestFormatsDoNotMix: half of a folder in another format is of use to no tool.
func TestFormatsDoNotMix(t *testing.T) {
	r := repo{fstest.MapFS{}}
	r.add(t, schema.Core())
	o := options()
	o.Format = "atlas"
	_, err := migration.Pending(r.load(t), with(column("x", schema.String)), o)
	if err == nil || !strings.Contains(err.Error(), "the migrations there are in the format goose, not atlas") {
		t.Errorf("err = %v", err)
	}
}
