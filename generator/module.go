package generator

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"golang.org/x/mod/modfile"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/gomod"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

// moduleState is what is known of the user's module.
type moduleState struct {
	parsed        *modfile.File
	before, after gomod.File // go.mod and go.sum on disk, and as they will be
	root          string     // where the go command works: the user's folder, or for a new module one of our own
}

func (m moduleState) path() string { return m.parsed.Module.Mod.Path }

// loadModule reads go.mod.
func (b *build) loadModule() error {
	mod, err := b.optional("go.mod")
	if err != nil {
		return err
	}
	sum, err := b.optional("go.sum")
	if err != nil {
		return err
	}
	b.module.before = gomod.File{Mod: mod, Sum: sum}
	if mod == nil && b.First != nil {
		mod = b.First.Mod
	}
	if mod == nil {
		return fmt.Errorf("there is no go.mod in %s; run betterauth-gen in the root of your module", b.Root)
	}
	b.module.after = gomod.File{Mod: mod, Sum: sum}
	b.module.parsed, err = modfile.Parse("go.mod", mod, nil)
	if err == nil && b.module.parsed.Module == nil {
		err = errors.New("go.mod has no module line")
	}
	return err
}

// optional reads a file that may be missing; then it is nil.
func (b *build) optional(name string) ([]byte, error) {
	data, err := b.Reader.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// patches returns the edits of files that are the user's: go.mod and go.sum, and those of init. The
// configuration is among them, unchanged, so that nothing is written when it was edited meanwhile.
func (b *build) patches() []reconcile.Patch {
	m := b.module
	patches := append(slices.Clone(b.firstFiles()),
		reconcile.Patch{Path: "go.mod", Before: m.before.Mod, After: m.after.Mod},
		reconcile.Patch{Path: "go.sum", Before: m.before.Sum, After: m.after.Sum})
	patches = append(patches, b.sums...)
	if !slices.ContainsFunc(patches, func(p reconcile.Patch) bool { return p.Path == config.FileName }) {
		patches = append(patches, reconcile.Patch{Path: config.FileName, Before: b.text, After: b.text})
	}
	return patches
}

// overlay returns the Go files of the run by absolute path.
func (b *build) overlay() map[string][]byte {
	overlay := map[string][]byte{}
	for _, f := range b.files {
		overlay[filepath.Join(b.module.root, filepath.FromSlash(f.Path))] = f.Data
	}
	for _, f := range b.firstFiles() {
		overlay[filepath.Join(b.module.root, filepath.FromSlash(f.Path))] = f.After
	}
	return overlay
}

func (b *build) firstFiles() []reconcile.Patch {
	if b.First == nil {
		return nil
	}
	return b.First.Files
}

// patterns names the packages that are emitted, and the program that init writes.
func (b *build) patterns() []string {
	dirs := []string{}
	for _, f := range b.files {
		if path.Ext(f.Path) == ".go" {
			dirs = append(dirs, "./"+path.Dir(f.Path))
		}
	}
	for _, f := range b.firstFiles() {
		if path.Ext(f.Path) == ".go" {
			dirs = append(dirs, "./"+path.Dir(f.Path))
		}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// imports returns every import path of the emitted code.
func (b *build) imports() []string {
	var paths []string
	collect := func(name string, text []byte) {
		if path.Ext(name) != ".go" {
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return // reported when the result is checked
		}
		for _, spec := range file.Imports {
			if p, err := strconv.Unquote(spec.Path.Value); err == nil {
				paths = append(paths, p)
			}
		}
	}
	for _, f := range b.files {
		collect(f.Path, f.Data)
	}
	for _, f := range b.firstFiles() {
		collect(f.Path, f.After)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// stageModule gives a new module a folder of its own for the go command, which needs a go.mod on disk
// to find the module's root. It returns a function that removes it.
func (b *build) stageModule() (remove func(), err error) {
	dir, err := os.MkdirTemp("", "betterauth-gen-")
	if err != nil {
		return nil, fmt.Errorf("new module: %w", err)
	}
	remove = func() { _ = os.RemoveAll(dir) }
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), b.First.Mod, 0o600); err != nil {
		remove()
		return nil, fmt.Errorf("new module: %w", err)
	}
	b.module.root = dir
	return remove, nil
}
