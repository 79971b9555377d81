package generator_test

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

// clock dates the migrations of these tests.
var clock = time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)

// newProject returns a folder with go.mod and betterauth.yaml.
func newProject(t testing.TB, config string) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), "module example.com/shop\n\ngo 1.26.0\n")
	writeFile(t, filepath.Join(dir, "betterauth.yaml"), config)
	return dir
}

// plan plans a run in dir.
func plan(ctx context.Context, dir string, choices reconcile.Choices) (*generator.Plan, *workspace.Dir, error) {
	ws, err := workspace.Open(dir)
	if err != nil {
		return nil, nil, err
	}
	p, err := generator.Build(ctx, generator.Request{
		Root: dir, Reader: ws, FS: ws.FS(), Known: all.Plugins(), Now: clock, Choices: choices,
	})
	return p, ws, err
}

// run plans a run and carries it out.
func run(ctx context.Context, dir string) (*generator.Plan, error) {
	p, ws, err := plan(ctx, dir, reconcile.Choices{})
	if ws != nil {
		defer func() { _ = ws.Close() }()
	}
	if err != nil {
		return p, err
	}
	return p, p.Apply(ctx, ws)
}

// generate runs the generator in a new project and returns its folder.
func generate(t testing.TB, config string) string {
	t.Helper()
	dir := newProject(t, config)
	mustRun(t, dir)
	return dir
}

func mustRun(t testing.TB, dir string) *generator.Plan {
	t.Helper()
	p, err := run(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// snapshot returns every file below dir by its path.
func snapshot(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		if e.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(name)
			files[filepath.ToSlash(rel)] = "-> " + target
			return err
		}
		text, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// difference names the files that two snapshots do not agree on.
func difference(a, b map[string]string) []string {
	var out []string
	for name, text := range a {
		if other, ok := b[name]; !ok {
			out = append(out, "- "+name)
		} else if other != text {
			out = append(out, "! "+name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			out = append(out, "+ "+name)
		}
	}
	return out
}

func writeFile(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// command runs a program in dir and returns what it prints.
func command(t testing.TB, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
