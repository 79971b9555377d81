package query_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

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
