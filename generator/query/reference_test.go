package query_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/emit"
	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// update rewrites the generated files of the reference stores and model:
//
//	go test ./generator/query -run TestReference -update
var update = flag.Bool("update", false, "rewrite the generated files under templates/")

// TestReferenceStores keeps templates/stores in step with templates and generator.
func TestReferenceStores(t *testing.T) {
	for _, d := range schema.Dialects() {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			files, err := query.Generate(t.Context(), reference(t, d))
			if err != nil {
				t.Fatal(err)
			}
			for name, text := range files {
				compare(t, filepath.Join(root, "templates/stores", d.String(), name), text)
			}
		})
	}
}

// TestReferenceModel keeps templates/auth/model/model_gen.go in step.
func TestReferenceModel(t *testing.T) {
	text, err := emit.Model(referenceSchema(), schema.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, filepath.Join(root, "templates/auth/model/model_gen.go"), text)
}

func BenchmarkGenerate(b *testing.B) {
	for _, d := range schema.Dialects() {
		b.Run(d.String(), func(b *testing.B) {
			in := reference(b, d)
			for b.Loop() {
				if _, err := query.Generate(b.Context(), in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func compare(t *testing.T, path string, want []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: run this test with -update", path)
	}
}

// reference is the setup the packages under templates/ are generated for.
func reference(t testing.TB, d schema.Dialect) query.Input {
	t.Helper()
	in := query.Input{
		Dialect: d, Schema: referenceSchema(),
		ModelImport: module + "/templates/auth/model",
		DBImport:    module + "/templates/stores/" + d.String() + "/db",
		Sources: []query.Source{{
			Name: "core", Templates: os.DirFS(filepath.Join(root, "templates/queries")),
			Contract: contract(t, "templates/auth/core"),
		}},
	}
	for _, p := range [][2]string{{"username", "username"}, {"two-factor", "twofactor"}} {
		in.Sources = append(in.Sources, query.Source{
			Name: p[0], Templates: os.DirFS(filepath.Join(root, "plugins", p[1], "queries")),
			Contract: contract(t, "plugins/"+p[1]+"/source"),
		})
	}
	return in
}
