package migration_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden fixes the text of the files users review: what they look like is part
// of the product.
func TestGolden(t *testing.T) {
	late := with(required(column("seenAt", schema.Date), &schema.Default{Now: true}))
	text := with(required(column("motto", schema.String), &schema.Default{Value: "a; -- b"}))
	for name, to := range map[string]schema.Schema{"init": schema.Core(), "rebuild": late, "literal": text} {
		for _, d := range schema.Dialects() {
			from := schema.Core()
			if name == "init" {
				from = schema.Schema{}
			}
			got := migration.FormatGoose(d, plan(t, d, from, to))
			golden(t, name+"."+d.String()+".sql", got)
		}
	}
}

func TestGoldenEntry(t *testing.T) {
	f, err := pending(&migration.Log{}, schema.Core(), options())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "init.yaml", f.Log)
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s differs; run go test -update and review\n%s", name, got)
	}
}
