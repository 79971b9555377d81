package reconcile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// run plans and writes, as generate does.
func run(t *testing.T, dir string, files ...File) *Plan {
	t.Helper()
	plan := planFor(t, dir, files...)
	changes, err := plan.Changes()
	if err != nil {
		t.Fatal(err)
	}
	ws := openDir(t, dir)
	if err := ws.Apply(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	return plan
}

func planFor(t *testing.T, dir string, files ...File) *Plan {
	t.Helper()
	tree, err := NewTree(files...)
	if err != nil {
		t.Fatal(err)
	}
	in, err := Load(openDir(t, dir), tree, nil)
	if err != nil {
		t.Fatal(err)
	}
	in.Version = "v1"
	return Decide(in)
}

func openDir(t *testing.T, dir string) *workspace.Dir {
	t.Helper()
	ws, err := workspace.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ws.Close() })
	return ws
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if errors.Is(err, os.ErrNotExist) {
		return none
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestLifeOfAModule follows one module through generate, edit, upgrade and
// the removal of a plugin, on a real disk.
func TestLifeOfAModule(t *testing.T) {
	dir := t.TempDir()
	file := func(filePath string, class workspace.Class, text string) File {
		return File{Path: filePath, Class: class, Data: []byte(text)}
	}
	first := []File{
		file("auth/core.go", workspace.Shared, textB), file("auth/x_gen.go", workspace.Gen, "v1\n"),
		file("auth/hooks.go", workspace.Once, "hooks\n"), file("auth/otp/otp.go", workspace.Shared, "otp\n"),
		{Path: ".env", Class: workspace.Once, Data: []byte("S=\n"), Mode: 0o600},
	}
	run(t, dir, first...)
	if read(t, dir, workspace.BasePath("auth/core.go")) != textB || read(t, dir, workspace.AttrsPath) != workspace.Attrs {
		t.Error("base or attributes are missing")
	}
	if read(t, dir, workspace.BasePath("auth/x_gen.go")) != none {
		t.Error("a generated file got a base")
	}
	if info, err := os.Stat(filepath.Join(dir, ".env")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf(".env: %v, %v", info, err)
	}
	if !planFor(t, dir, first...).Empty() {
		t.Error("a second run has something to do")
	}

	write(t, dir, "auth/core.go", editApart)
	write(t, dir, "auth/hooks.go", "mine\n")
	second := []File{
		file("auth/core.go", workspace.Shared, textT), file("auth/x_gen.go", workspace.Gen, "v2\n"),
		file("auth/hooks.go", workspace.Once, "hooks 2\n"),
	}
	run(t, dir, second...)
	for name, want := range map[string]string{
		"auth/core.go": merged, "auth/x_gen.go": "v2\n", "auth/hooks.go": "mine\n", "auth/otp/otp.go": none,
		workspace.BasePath("auth/core.go"): textT, workspace.BasePath("auth/otp/otp.go"): none, ".env": "S=\n",
	} {
		if got := read(t, dir, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "auth/otp")); !errors.Is(err, os.ErrNotExist) {
		t.Error("the plugin's folder is still there")
	}
	if !planFor(t, dir, second...).Empty() {
		t.Error("the run after the upgrade has something to do")
	}
}

// TestEditBetweenPlanAndWrite: even a file the plan only keeps must still be
// what the plan saw.
func TestEditBetweenPlanAndWrite(t *testing.T) {
	dir := t.TempDir()
	files := []File{
		{Path: "a.go", Class: workspace.Shared, Data: []byte("a\n")},
		{Path: "b.go", Class: workspace.Gen, Data: []byte("b\n")},
	}
	run(t, dir, files...)
	files[1].Data = []byte("b2\n")
	plan := planFor(t, dir, files...)
	write(t, dir, "a.go", "edited meanwhile\n")
	changes, err := plan.Changes()
	if err != nil {
		t.Fatal(err)
	}
	if err := openDir(t, dir).Apply(t.Context(), changes); !errors.Is(err, workspace.ErrChanged) {
		t.Errorf("got %v", err)
	}
	if read(t, dir, "b.go") != "b\n" {
		t.Error("something was written")
	}
}
