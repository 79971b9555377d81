package generator_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

var update = flag.Bool("update", false, "write the golden files, if the trees they describe compile")

// emittedDir holds the golden files of a configuration. The go command overlooks folders with an underscore.
const emittedDir = "_emitted"

// TestGolden compares what whole configurations lead to with what they led to when somebody last looked:
// the files that depend on the configuration as they are, all others by their checksum.
func TestGolden(t *testing.T) {
	configs, err := filepath.Glob("../golden/*/betterauth.yaml")
	if err != nil || len(configs) == 0 {
		t.Fatalf("no configurations: %v", err)
	}
	for _, config := range configs {
		folder := filepath.Dir(config)
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			dir := newProject(t, readFile(t, config))
			p := mustRun(t, dir)
			noAdvisories(t, dir, p.Model)
			got := emitted(p)
			got["go.mod"] = readFile(t, filepath.Join(dir, "go.mod"))
			if *update {
				command(t, dir, "go", "vet", "-trimpath", "./...")
				if !t.Failed() {
					writeGolden(t, filepath.Join(folder, emittedDir), got)
				}
				return
			}
			compareGolden(t, snapshot(t, filepath.Join(folder, emittedDir)), got)
		})
	}
}

// emitted returns the golden files of a plan.
func emitted(p *generator.Plan) map[string]string {
	files := map[string]string{}
	var manifest strings.Builder
	for _, a := range p.Files.Actions {
		if a.Class == workspace.Patch {
			continue
		}
		fmt.Fprintf(&manifest, "%-6s %s %s\n", a.Class, workspace.SumOf(a.Result), a.Path)
		if telling(a.Path, a.Class) {
			files[a.Path] = string(a.Result)
		}
	}
	files["manifest.txt"] = manifest.String()
	return files
}

// telling reports a file whose text depends on the configuration.
func telling(name string, class workspace.Class) bool {
	switch {
	case strings.HasSuffix(name, "/schema.json"), strings.HasSuffix(name, ".sum"):
		return false
	case class == workspace.Gen, class == workspace.Ledger:
		return true
	}
	return path.Ext(name) == ".sql"
}

func writeGolden(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		writeFile(t, filepath.Join(folder, filepath.FromSlash(name)), text)
	}
}

func compareGolden(t *testing.T, want, got map[string]string) {
	t.Helper()
	names := maps.Clone(want)
	maps.Copy(names, got)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		switch wanted, ok := want[name]; {
		case !ok:
			t.Errorf("%s is new; run make golden", name)
		case wanted != got[name]:
			t.Errorf("%s is not what it was; run make golden if that is right\n%s", name, firstDifference(wanted, got[name]))
		}
	}
}

// firstDifference shows the first line on which two texts differ.
func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\nwas %s\nis  %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines became %d", len(a), len(b))
}
