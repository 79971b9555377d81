package gomod

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// Sibling is a module that the go command finds through go.work, not through go.mod. A workspace and a staged
// go.mod exclude each other, so siblings are replacements in the latter.
type Sibling struct{ Path, Dir string }

// Siblings returns the other modules of the workspace that the module in root belongs to, if it does.
func Siblings(ctx context.Context, root string) ([]Sibling, error) {
	command := exec.CommandContext(ctx, "go", "env", "GOWORK")
	command.Dir = root
	out, err := command.Output()
	if err != nil {
		return nil, nil // the commands that follow say what is wrong
	}
	file := strings.TrimSpace(string(out))
	if file == "" || file == "off" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("go.work: %w", err)
	}
	work, err := modfile.ParseWork(file, text, nil)
	if err != nil {
		return nil, err
	}
	ours, err := os.Stat(root)
	if err != nil {
		return nil, fmt.Errorf("go.work: %w", err)
	}
	member := false
	var all []Sibling
	for _, use := range work.Use {
		dir := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(filepath.Dir(file), dir)
		}
		if info, err := os.Stat(dir); err == nil && os.SameFile(info, ours) {
			member = true
			continue
		}
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if path := modfile.ModulePath(mod); err == nil && path != "" {
			all = append(all, Sibling{path, dir})
		}
	}
	if !member {
		return nil, nil
	}
	return all, nil
}

// WithSiblings returns go.mod with a replacement for each sibling that it does not replace itself.
func WithSiblings(mod []byte, siblings []Sibling) ([]byte, error) {
	return edit(mod, func(f *modfile.File) error {
		for _, s := range siblings {
			if replaces(f, s.Path) {
				continue
			}
			if err := f.AddReplace(s.Path, "", s.Dir, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// Importers returns the siblings with a file, tests included, that imports a package of module.
func Importers(siblings []Sibling, module string) ([]Sibling, error) {
	var all []Sibling
	for _, s := range siblings {
		found := false
		err := eachGoFile(s.Dir, func(name string) error {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				return nil // the type-check of whoever needs it will say so
			}
			for _, spec := range f.Imports {
				path := strings.Trim(spec.Path.Value, "\"`")
				found = found || path == module || strings.HasPrefix(path, module+"/")
			}
			if found {
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("module %s of go.work: %w", s.Path, err)
		}
		if found {
			all = append(all, s)
		}
	}
	return all, nil
}

// WithoutSiblings takes out of go.mod what WithSiblings, and then the go command, put there, given what it was.
func WithoutSiblings(mod, before []byte, siblings []Sibling) ([]byte, error) {
	original, err := modfile.Parse("go.mod", before, nil)
	if err != nil {
		return nil, err
	}
	return edit(mod, func(f *modfile.File) error {
		for _, s := range siblings {
			if replaces(original, s.Path) {
				continue
			}
			if err := f.DropReplace(s.Path, ""); err != nil {
				return err
			}
			if !slices.ContainsFunc(original.Require, func(r *modfile.Require) bool { return r.Mod.Path == s.Path }) {
				if err := f.DropRequire(s.Path); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func edit(mod []byte, change func(*modfile.File) error) ([]byte, error) {
	f, err := modfile.Parse("go.mod", mod, nil)
	if err != nil {
		return nil, err
	}
	if err := change(f); err != nil {
		return nil, err
	}
	f.Cleanup()
	return f.Format()
}

func replaces(f *modfile.File, path string) bool {
	return slices.ContainsFunc(f.Replace, func(r *modfile.Replace) bool { return r.Old.Path == path })
}

// SumsOf returns what the go.sum of each sibling has: checksums of what they require.
func SumsOf(siblings []Sibling) []byte {
	var sums []byte
	for _, s := range siblings {
		if sum, err := os.ReadFile(filepath.Join(s.Dir, "go.sum")); err == nil {
			sums = append(append(sums, sum...), '\n')
		}
	}
	return sums
}

// hollow copies siblings to dir as far as their packages' names go. What they require themselves is then no
// requirement of the user's module.
func hollow(dir string, siblings []Sibling) ([]Sibling, error) {
	out := make([]Sibling, len(siblings))
	for i, s := range siblings {
		out[i] = Sibling{s.Path, filepath.Join(dir, fmt.Sprintf("sibling%d", i))}
		if err := os.MkdirAll(out[i].Dir, 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(out[i].Dir, "go.mod"), fmt.Appendf(nil, "module %s\n", s.Path), 0o600); err != nil {
			return nil, err
		}
		if err := hollowPackages(s.Dir, out[i].Dir); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func hollowPackages(from, to string) error {
	return eachGoFile(from, func(name string) error {
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly)
		rel, errRel := filepath.Rel(from, filepath.Dir(name))
		if err != nil || errRel != nil {
			return errRel // what does not parse is nobody's package
		}
		file := filepath.Join(to, rel, "package.go")
		if _, err := os.Stat(file); err == nil || f.Name.Name == "main" || ignored(name) {
			return nil
		}
		return errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte("package "+f.Name.Name+"\n"), 0o600))
	})
}

// eachGoFile calls do with the Go files of the module in root.
func eachGoFile(root string, do func(name string) error) error {
	return filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			if _, err := os.Stat(filepath.Join(name, "go.mod")); name != root && (err == nil || skipped(e.Name())) {
				return fs.SkipDir
			}
		case filepath.Ext(name) == ".go":
			return do(name)
		}
		return nil
	})
}

// skipped reports a folder in which the go command looks for no packages.
func skipped(name string) bool {
	return name == "testdata" || name == "vendor" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// ignored reports a file that is in no build, like a generator's.
func ignored(name string) bool {
	text, err := os.ReadFile(name)
	return err != nil || bytes.Contains(text, []byte("//go:build ignore"))
}
