// Package gomod works out what a user's go.mod needs for the emitted code. Versions are those of our
// own go.mod, with which the reference application is compiled and tested; a newer one the user
// already has is left alone.
package gomod

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"github.com/betterauth-gen/betterauth-gen/templates"
)

// File is the content of go.mod and go.sum.
type File struct{ Mod, Sum []byte }

// ErrNoGo is returned when there is no go command.
var ErrNoGo = errors.New("the go command was not found; install Go from https://go.dev/dl and put it on PATH")

// New returns the go.mod of a new module.
func New(modulePath string) ([]byte, error) {
	ours, err := reference()
	if err != nil {
		return nil, err
	}
	f := new(modfile.File)
	if err := errors.Join(f.AddModuleStmt(modulePath), f.AddGoStmt(languageVersion(ours))); err != nil {
		return nil, err
	}
	return f.Format()
}

// Missing returns the modules that f lacks for the given import paths, or has in an older version than
// the code was tested with. Paths of the standard library and of f's own module need none.
func Missing(f *modfile.File, imports []string) ([]module.Version, error) {
	ours, err := reference()
	if err != nil {
		return nil, err
	}
	has := map[string]string{}
	for _, r := range f.Require {
		has[r.Mod.Path] = r.Mod.Version
	}
	wanted := map[string]module.Version{}
	for _, path := range imports {
		if stdlib(path) || within(path, f.Module.Mod.Path) {
			continue
		}
		m, ok := provider(ours, path)
		if !ok {
			return nil, fmt.Errorf("no known version of the module that provides %s", path)
		}
		if semver.Compare(has[m.Path], m.Version) < 0 {
			wanted[m.Path] = m
		}
	}
	missing := make([]module.Version, 0, len(wanted))
	for _, m := range wanted {
		missing = append(missing, m)
	}
	slices.SortFunc(missing, func(a, b module.Version) int { return strings.Compare(a.Path, b.Path) })
	return missing, nil
}

// Update returns go.mod and go.sum as the go command completes them once missing is required. It works
// in a directory of its own: overlay holds the files of the module that are not on disk yet, by
// absolute path, and patterns are the packages that will need the modules. Siblings are at hand without
// being required.
func Update(ctx context.Context, root string, current File, missing []module.Version, siblings []Sibling, overlay map[string][]byte, patterns []string) (File, error) {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		return File{}, ErrNoGo
	}
	staged, err := Require(current.Mod, missing)
	if err != nil {
		return File{}, err
	}
	dir, err := os.MkdirTemp("", "betterauth-gen-")
	if err != nil {
		return File{}, fmt.Errorf("go.mod: %w", err)
	}
	defer os.RemoveAll(dir)
	hollow, err := hollow(dir, siblings)
	if err != nil {
		return File{}, fmt.Errorf("go.work: %w", err)
	}
	if staged, err = WithSiblings(staged, hollow); err != nil {
		return File{}, err
	}
	args, err := stage(dir, File{staged, current.Sum}, overlay)
	if err != nil {
		return File{}, fmt.Errorf("go.mod: %w", err)
	}
	list := func(env ...string) error {
		command := exec.CommandContext(ctx, goCommand, append(slices.Clone(args), patterns...)...)
		command.Dir = root // by this name, which may be a link: the paths of overlay begin with it
		command.Env = append(append(os.Environ(), "GOFLAGS=", "GOWORK=off", "PWD="+root), env...)
		var complaints bytes.Buffer
		command.Stderr = &complaints
		if err := command.Run(); err != nil {
			return fmt.Errorf("%w\n%s", err, strings.TrimSpace(complaints.String()))
		}
		return nil
	}
	if err := list(); err != nil {
		if homeless() {
			return File{}, errHomeless
		}
		return File{}, fmt.Errorf("go.mod: the go command could not add what the code needs: %w\nneeded: %s", err, goGet(missing))
	}
	for _, system := range systems {
		if system != runtime.GOOS {
			_ = list("GOOS=" + system) // without it the code still compiles here
		}
	}
	after, err := read(dir)
	if err != nil {
		return File{}, err
	}
	after.Mod, err = WithoutSiblings(after.Mod, current.Mod, siblings)
	return after, err
}

// systems are those whose modules go.sum lists, wherever the generator runs: a colleague's machine and
// the server are seldom the same. The go command by itself looks only at the system it runs on.
var systems = []string{"linux", "darwin", "windows"}

// errHomeless explains what the go command says in several ways.
var errHomeless = errors.New("the go command has no place for its caches: set HOME, or GOPATH and GOCACHE")

func homeless() bool {
	_, err := os.UserHomeDir()
	return err != nil && (os.Getenv("GOCACHE") == "" || os.Getenv("GOPATH") == "" && os.Getenv("GOMODCACHE") == "")
}

// stage writes what the go command works on to dir and returns the arguments that use it.
func stage(dir string, f File, overlay map[string][]byte) ([]string, error) {
	replace := make(map[string]string, len(overlay))
	i := 0
	for path, data := range overlay {
		file := filepath.Join(dir, fmt.Sprintf("%04d%s", i, filepath.Ext(path)))
		if err := os.WriteFile(file, data, 0o600); err != nil {
			return nil, err
		}
		replace[path] = file
		i++
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, err
	}
	for name, data := range map[string][]byte{"go.mod": f.Mod, "go.sum": f.Sum, "overlay.json": list} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return nil, err
		}
	}
	return []string{
		"list", "-mod=mod", "-modfile=" + filepath.Join(dir, "go.mod"),
		"-overlay=" + filepath.Join(dir, "overlay.json"), "-deps", "-test",
	}, nil
}

func read(dir string) (File, error) {
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return File{}, fmt.Errorf("go.mod: %w", err)
	}
	sum, err := os.ReadFile(filepath.Join(dir, "go.sum"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return File{}, fmt.Errorf("go.sum: %w", err)
	}
	return File{mod, sum}, nil
}

// Require adds or raises requirements, and raises the language version where it is older than ours.
func Require(mod []byte, missing []module.Version) ([]byte, error) {
	f, err := modfile.Parse("go.mod", mod, nil)
	if err != nil {
		return nil, err
	}
	for _, m := range missing {
		if err := f.AddRequire(m.Path, m.Version); err != nil {
			return nil, err
		}
	}
	ours, err := reference()
	if err != nil {
		return nil, err
	}
	if want := languageVersion(ours); f.Go == nil || semver.Compare("v"+pad(f.Go.Version), "v"+pad(want)) < 0 {
		if err := f.AddGoStmt(want); err != nil {
			return nil, err
		}
	}
	f.SetRequireSeparateIndirect(f.Require)
	f.Cleanup()
	return f.Format()
}

// languageVersion is the minor Go release our code needs; patch releases do not matter to users.
func languageVersion(ours *modfile.File) string {
	parts := strings.SplitN(ours.Go.Version, ".", 3)
	return parts[0] + "." + parts[1] + ".0"
}

// pad turns 1.26 into 1.26.0, so that semver can compare it.
func pad(version string) string {
	if strings.Count(version, ".") == 1 {
		return version + ".0"
	}
	return version
}

// reference returns our own go.mod.
func reference() (*modfile.File, error) {
	text, err := templates.FS.ReadFile("text/go.mod.txt")
	if err != nil {
		return nil, err
	}
	return modfile.ParseLax("go.mod", text, nil)
}

// provider returns the module of f that provides an import path: the one with the longest path.
func provider(f *modfile.File, path string) (module.Version, bool) {
	var best module.Version
	for _, r := range f.Require {
		if within(path, r.Mod.Path) && len(r.Mod.Path) > len(best.Path) {
			best = r.Mod
		}
	}
	return best, best.Path != ""
}

func within(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

// stdlib reports an import path of the standard library: its first element has no dot.
func stdlib(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// goGet is the command that adds modules by hand.
func goGet(modules []module.Version) string {
	if len(modules) == 0 {
		return "go mod download"
	}
	words := []string{"go get"}
	for _, m := range modules {
		words = append(words, m.String())
	}
	return strings.Join(words, " ")
}
