package config

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestErrors loads each testdata/errors/*.yaml and compares what is printed with the .txt beside it.
func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/errors/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, diags := Load(FileName, data, testPlugins())
		golden(t, strings.TrimSuffix(file, ".yaml")+".txt", []byte(printed(diags)))
	}
}

// printed shows diagnostics with their codes, one a line.
func printed(diags diag.List) string {
	var out strings.Builder
	for _, d := range diags {
		out.WriteString(d.Code + " " + d.String() + "\n")
	}
	return out.String()
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
	}
}
