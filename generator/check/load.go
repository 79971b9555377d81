package check

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/packages"
)

// mode loads all packages from source. Export data would have to be compiled
// first, which on a cold build cache takes far longer than everything else,
// and go/packages does not use it for a load with an overlay anyway.
const mode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedModule

// load type-checks the module as o describes it. A go.work is left out of it
// when alone is set, because a staged go.mod is not allowed in a workspace.
func load(ctx context.Context, o Options, alone bool) (Result, error) {
	cfg := &packages.Config{
		Context: ctx, Mode: mode, Dir: o.ModuleRoot, Tests: o.Tests,
		Env: os.Environ(), Overlay: o.overlay(), ParseFile: declarations(o.roots()),
	}
	if alone {
		cfg.Env = append(cfg.Env, "GOWORK=off")
	}
	var staged string
	if o.ModFile != nil {
		var err error
		if staged, err = o.stageModule(); err != nil {
			return Result{}, err
		}
		defer func() { _ = os.RemoveAll(staged) }()
		cfg.BuildFlags = []string{"-modfile=" + filepath.Join(staged, "go.mod"), "-mod=mod"}
	}
	patterns := o.Patterns
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	for _, n := range o.Neighbours {
		patterns = append(patterns, n.Path+"/...")
	}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		return Result{}, fmt.Errorf("load packages: %w", err)
	}
	return withModule(Result{Diags: collect(o.roots(), pkgs)}, staged)
}

// withModule reads back what the go command made of the staged files.
func withModule(r Result, staged string) (Result, error) {
	if staged == "" {
		return r, nil
	}
	var err error
	if r.ModFile, err = os.ReadFile(filepath.Join(staged, "go.mod")); err != nil {
		return Result{}, fmt.Errorf("read staged go.mod: %w", err)
	}
	if r.SumFile, err = os.ReadFile(filepath.Join(staged, "go.sum")); err != nil {
		return Result{}, fmt.Errorf("read staged go.sum: %w", err)
	}
	return r, nil
}

// roots are the folders of the user's own source, the module's first.
func (o Options) roots() []string {
	roots := []string{o.ModuleRoot}
	for _, n := range o.Neighbours {
		roots = append(roots, n.Dir)
	}
	return roots
}

// overlay has absolute paths. A deleted or ignored file is replaced by one that no build
// includes, for an overlay cannot take files away.
func (o Options) overlay() map[string][]byte {
	out := make(map[string][]byte, len(o.Overlay)+len(o.Deleted)+len(o.Ignored))
	abs := func(path string) string { return filepath.Join(o.ModuleRoot, filepath.FromSlash(path)) }
	for path, data := range o.Overlay {
		out[abs(path)] = data
	}
	for _, path := range slices.Concat(o.Deleted, o.Ignored) {
		if strings.HasSuffix(path, ".go") {
			out[abs(path)] = []byte("//go:build ignore\n\npackage ignored\n")
		}
	}
	return out
}

// stageModule writes go.mod and go.sum to a folder of their own. The go
// command may complete them there; the user's stay as they are.
func (o Options) stageModule() (dir string, err error) {
	mod, err := requiring(o.ModFile, o.Neighbours)
	if err != nil {
		return "", fmt.Errorf("stage go.mod: %w", err)
	}
	if dir, err = os.MkdirTemp("", "betterauth-gen-"); err != nil {
		return "", fmt.Errorf("stage go.mod: %w", err)
	}
	sum := o.SumFile
	if sum == nil {
		sum, _ = os.ReadFile(filepath.Join(o.ModuleRoot, "go.sum")) // may not exist yet
	}
	for name, data := range map[string][]byte{"go.mod": mod, "go.sum": sum} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			_ = os.RemoveAll(dir)
			return "", fmt.Errorf("stage go.mod: %w", err)
		}
	}
	return dir, nil
}

// requiring returns go.mod with a requirement of each neighbour, so that its packages can be named.
func requiring(mod []byte, neighbours []Neighbour) ([]byte, error) {
	if len(neighbours) == 0 {
		return mod, nil
	}
	f, err := modfile.Parse("go.mod", mod, nil)
	if err != nil {
		return nil, err
	}
	for _, n := range neighbours {
		if slices.ContainsFunc(f.Require, func(r *modfile.Require) bool { return r.Mod.Path == n.Path }) {
			continue
		}
		if err := f.AddRequire(n.Path, "v0.0.0"); err != nil {
			return nil, err
		}
	}
	return f.Format()
}

// declarations parses files, and of those outside the module only what they declare: how other modules
// do what they do does not matter. That makes a check several times as fast. What cgo made of a file stays
// whole: it is in the build cache, also where the file itself is the user's.
func declarations(roots []string) func(*token.FileSet, string, []byte) (*ast.File, error) {
	return func(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
		if !within(roots, name) && !bytes.HasPrefix(src, []byte(cgoHeader)) {
			src = strip(src)
		}
		return parser.ParseFile(fset, name, src, parser.AllErrors|parser.SkipObjectResolution)
	}
}

// cgoHeader begins the files that cgo writes.
const cgoHeader = "// Code generated by cmd/cgo;"

// within reports whether file is the user's own source.
func within(roots []string, file string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		rel, err := filepath.Rel(root, file)
		return err == nil && filepath.IsLocal(rel) && !strings.HasPrefix(filepath.ToSlash(rel), "vendor/")
	})
}
