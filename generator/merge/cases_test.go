package merge

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what testdata/cases expects")

// TestCases merges the recorded cases. An archive has files below base, ours and theirs, and below want
// what becomes of them: merged text, or text with markers where a person has to decide. The comment says
// what the case is about.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			versions := versionsOf(archive)
			got := mergeAll(versions)
			if *update {
				writeCase(t, file, archive, got)
				return
			}
			want := below(archive, "want/")
			for _, name := range slices.Sorted(maps.Keys(merged(got, want))) {
				if !bytes.Equal(got[name], want[name]) {
					t.Errorf("%s:\n%s", name, Unified(name, want[name], got[name]))
				}
			}
		})
	}
}

func merged(a, b map[string][]byte) map[string]bool {
	keys := map[string]bool{}
	for k := range a {
		keys[k] = true
	}
	for k := range b {
		keys[k] = true
	}
	return keys
}

func below(archive *txtar.Archive, dir string) map[string][]byte {
	out := map[string][]byte{}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, dir); ok {
			out[name] = f.Data
		}
	}
	return out
}

func versionsOf(archive *txtar.Archive) []Version {
	b, o, t := below(archive, "base/"), below(archive, "ours/"), below(archive, "theirs/")
	var out []Version
	for _, name := range slices.Sorted(maps.Keys(merged(o, merged2(b, t)))) {
		out = append(out, Version{name, b[name], o[name], t[name]})
	}
	return out
}

func merged2(a, b map[string][]byte) map[string][]byte {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// mergeAll does for a folder what package reconcile does: each file alone, and together those that cannot
// be merged alone. It returns the files that are on disk then; "(moved)" and "(declined)" are reports.
func mergeAll(versions []Version) map[string][]byte {
	out := map[string][]byte{}
	var lost []string
	for _, v := range versions {
		switch {
		case v.Ours == nil && v.Base == nil:
			out[v.Path] = v.Theirs
		case v.Ours == nil:
			lost = append(lost, v.Path)
		case v.Base == nil && v.Theirs == nil:
			out[v.Path] = v.Ours
		case v.Theirs == nil:
			if !bytes.Equal(v.Ours, v.Base) {
				out[v.Path] = v.Ours
				lost = append(lost, v.Path)
			}
		default:
			r := File(v.Path, v.Base, v.Ours, v.Theirs)
			out[v.Path] = r.Text
			if !r.Clean() {
				lost = append(lost, v.Path)
			}
		}
	}
	followed := Package(versions, lost)
	for name, r := range followed.Results {
		out[name] = r.Text
	}
	for name, to := range followed.Moved {
		out["(moved)"] = fmt.Appendf(out["(moved)"], "%s to %s\n", name, strings.Join(to, ", "))
	}
	for name, what := range followed.Declined {
		out["(declined)"] = fmt.Appendf(out["(declined)"], "%s: %s\n", name, strings.Join(what, ", "))
	}
	return out
}

func writeCase(t *testing.T, file string, archive *txtar.Archive, got map[string][]byte) {
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "want/") })
	for _, name := range slices.Sorted(maps.Keys(got)) {
		archive.Files = append(archive.Files, txtar.File{Name: "want/" + name, Data: got[name]})
	}
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
