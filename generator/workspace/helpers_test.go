package workspace

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tree maps paths to contents; a path ending in a slash is an empty folder.
type tree map[string]string

func (tr tree) equal(other tree) bool { return maps.Equal(tr, other) }

// dropHidden forgets what a run may leave for the next one to tidy.
func (tr tree) dropHidden() {
	for path := range tr {
		if strings.HasPrefix(path, stageDir) {
			delete(tr, path)
		}
	}
}

// scratch is a new folder, in memory where the system offers that: the fault
// tests make thousands of them.
func scratch(t *testing.T) string {
	t.Helper()
	const memory = "/dev/shm"
	if info, err := os.Stat(memory); err != nil || !info.IsDir() {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(memory, "workspace-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// write puts the tree into a new module and returns its folder.
func (tr tree) write(t *testing.T) string {
	t.Helper()
	dir := scratch(t)
	for path, text := range tr {
		file := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func readTree(t *testing.T, dir string) tree {
	t.Helper()
	out := tree{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if e.IsDir() {
			list, err := os.ReadDir(path)
			if len(list) == 0 {
				out[rel+"/"] = ""
			}
			return err
		}
		if e.Type()&fs.ModeSymlink != 0 {
			out[rel], err = os.Readlink(path)
			return err
		}
		data, err := os.ReadFile(path)
		out[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func open(t *testing.T, dir string) *Dir {
	t.Helper()
	w, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}
