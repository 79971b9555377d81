package render

import (
	"bytes"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/emit"
	"github.com/betterauth-gen/betterauth-gen/generator/provider"
	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
	"github.com/betterauth-gen/betterauth-gen/schema"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

var update = flag.Bool("update", false, "write the seams of the reference application")

// TestMain makes the test binary the sqlc it starts.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == query.Child {
		os.Exit(query.RunChild(os.Args[2:]))
	}
	os.Exit(m.Run())
}

// TestReferenceSeams keeps the seams of the reference application, which has every plugin, in step with
// the generator: they are its own output.
func TestReferenceSeams(t *testing.T) {
	root := filepath.Join("..", "..")
	files := referenceSeams(t)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(root, name)
		if *update {
			if err := os.WriteFile(path, files[name], 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(files[name]) {
			t.Errorf("%s is stale; run make generate", name)
		}
	}
}

func referenceSeams(t *testing.T) map[string][]byte {
	t.Helper()
	m := referenceModel(t)
	auth := emit.Auth{
		Import: authImport, Core: authImport + "/core", Store: storesImport + "/sqlite",
		Database: true, Settings: m.Settings,
	}
	files := map[string][]byte{}
	for _, p := range m.Plugins {
		auth.Plugins = append(auth.Plugins, emit.AuthPlugin{
			ID: p.ID, Import: pluginsImport + "/" + p.Package + "/source", Package: p.Package, New: p.Info.New,
		})
		if p.App == nil {
			continue
		}
		names, err := fs.Glob(p.App, "app/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(p.App, name)
			if err != nil {
				t.Fatal(err)
			}
			files["templates/auth/"+filepath.Base(name)] = text
		}
	}
	for _, p := range m.Providers {
		auth.Providers = append(auth.Providers, emit.AuthProvider{Provider: p, Import: authImport + "/social"})
	}
	for name, make := range map[string]func() ([]byte, error){
		"options_gen.go":     auth.Options,
		"plugins_gen.go":     auth.PluginList,
		"storage_gen.go":     auth.SecondaryStorage,
		"social_gen.go":      auth.ProviderList,
		"model/model_gen.go": func() ([]byte, error) { return emit.Model(m.Schema, schema.SQLite) },
	} {
		text, err := make()
		if err != nil {
			t.Fatal(err)
		}
		files["templates/auth/"+name] = text
	}
	for _, d := range schema.Dialects() {
		store := "templates/stores/" + d.String()
		generated, err := query.Generate(t.Context(), referenceQueries(t, m, d))
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range generated {
			files[store+"/"+name] = text
		}
	}
	return files
}

// referenceQueries is what the stores of the reference application are generated from.
func referenceQueries(t *testing.T, m *resolve.Model, d schema.Dialect) query.Input {
	t.Helper()
	sub := func(from fs.FS) fs.FS {
		if from == nil {
			return nil
		}
		queries, err := fs.Sub(from, "queries")
		if err != nil {
			t.Fatal(err)
		}
		return queries
	}
	in := query.Input{
		Dialect: d, Schema: m.Schema,
		ModelImport: authImport + "/model", DBImport: storesImport + "/" + d.String() + "/db",
		Sources: []query.Source{{
			Name: "core", Templates: sub(templates.FS),
			Contract: query.Contract{Import: authImport + "/core", Package: "core", Methods: m.Core.Store},
		}},
	}
	counters, err := RateLimit(authImport + "/ratelimit")
	if err != nil {
		t.Fatal(err)
	}
	in.Sources = append(in.Sources, counters)
	for _, p := range m.Plugins {
		in.Sources = append(in.Sources, query.Source{Name: p.ID, Templates: sub(p.Queries), Contract: query.Contract{
			Import: pluginsImport + "/" + p.Package + "/source", Package: p.Package, Methods: p.Info.Store,
		}})
	}
	return in
}

// referenceModel is the model of a configuration with every plugin, social provider and table.
func referenceModel(t *testing.T) *resolve.Model {
	t.Helper()
	text := "emailAndPassword: {enabled: true}\nrateLimit: {storage: database}\n"
	if known := all.Plugins(); len(known) > 0 {
		text += "plugins:\n"
		for _, p := range known {
			text += "  " + p.ID + ":\n"
		}
	}
	if ids := provider.IDs(); len(ids) > 0 {
		text += "socialProviders:\n"
		for _, id := range ids {
			text += "  " + id + ":\n"
		}
	}
	cfg, diags := config.Load(config.FileName, []byte(text), all.Plugins())
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	m, diags := resolve.Resolve(cfg, all.Plugins(), ourModule)
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestRowsAskForTheirID keeps flows from making up an id themselves, which is wrong where the database or a
// function of the user's does.
func TestRowsAskForTheirID(t *testing.T) {
	for _, pattern := range []string{"../../templates/auth/core/*.go", "../../plugins/*/source/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(text, []byte("secure.ID()")) && filepath.Base(file) != "id.go" {
				t.Errorf("%s calls secure.ID: ask Auth.NewID", file)
			}
		}
	}
}
