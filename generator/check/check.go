// Package check compiles, as far as types go, the module as a run would leave
// it. A merge can be clean line by line and still wrong: a helper renamed by
// the new version merges without conflict under a call to its old name.
package check

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// ErrNoToolchain means that types cannot be checked on this machine.
var ErrNoToolchain = errors.New("the go command is not in PATH; install Go from https://go.dev/dl")

// Diagnostic codes.
const (
	CodeSyntax  = "BA121"
	CodeType    = "BA122"
	CodePackage = "BA123"
)

// Neighbour is another module of the user's workspace whose packages are checked, too.
type Neighbour struct{ Path, Dir string }

// Options describes the would-be module as what it changes on disk. Paths are
// relative to ModuleRoot, with slashes.
type Options struct {
	ModuleRoot string
	Overlay    map[string][]byte // files as they would be
	Deleted    []string          // files that would be gone
	Patterns   []string          // packages to check, "./..." when empty
	Tests      bool              // test files as well
	Ignored    []string          // files that are left out, now and as they were
	Neighbours []Neighbour       // replaced in ModFile, if there is one
	// ModFile and SumFile stand for go.mod and go.sum when they would change.
	ModFile, SumFile []byte
}

// Result is what a check found. ModFile and SumFile are go.mod and go.sum as
// the go command completed them, when Options had a ModFile.
type Result struct {
	Diags            diag.List
	ModFile, SumFile []byte
}

// Verify is Check for callers that only want the diagnostics.
func Verify(ctx context.Context, o Options) (diag.List, error) {
	r, err := Check(ctx, o)
	return r.Diags, err
}

// Check type-checks the would-be module. Errors that the module on disk has
// already come back as warnings: a project that does not compile today must
// still be able to regenerate. The error result is for a check that could not
// be made at all.
func Check(ctx context.Context, o Options) (Result, error) {
	if _, err := exec.LookPath("go"); err != nil {
		return Result{}, ErrNoToolchain
	}
	root, err := moduleRoot(o.ModuleRoot)
	if err != nil {
		return Result{}, err
	}
	o.ModuleRoot = root
	found, err := load(ctx, o, o.ModFile != nil)
	if err != nil && len(o.Neighbours) > 0 && ctx.Err() == nil {
		return alone(ctx, o, err)
	}
	if err == nil && len(found.Diags.Errors()) == 0 {
		return found, nil
	}
	before, errBefore := load(ctx, o.untouched(), o.ModFile != nil && len(o.Neighbours) == 0)
	switch {
	case ctx.Err() != nil:
		return Result{}, ctx.Err()
	case err != nil && errBefore != nil:
		return unloadable(o, err), nil
	case err != nil:
		return Result{}, err
	}
	excuse(found.Diags, before.Diags)
	found.Diags.Sort()
	return found, nil
}

// alone checks the module without its neighbours, because the go command cannot load it with them.
func alone(ctx context.Context, o Options, reason error) (Result, error) {
	var paths []string
	for _, n := range o.Neighbours {
		paths = append(paths, n.Path)
	}
	o.Neighbours = nil
	r, err := Check(ctx, o)
	r.Diags.Add(diag.Diagnostic{
		Severity: diag.Warning, Code: CodePackage, Pos: diag.Position{File: "go.mod"},
		Summary: "types of " + strings.Join(paths, ", ") + " were not checked: the go command cannot load them beside this module",
		Detail:  strings.ReplaceAll(reason.Error(), o.ModuleRoot+string(filepath.Separator), ""),
	})
	return r, err
}

// unloadable is the result for a module that the go command could not load
// before either: what can be said without it, and that this is not all.
func unloadable(o Options, err error) Result {
	list := Syntax(o.Overlay)
	list.Add(diag.Diagnostic{
		Severity: diag.Warning, Code: CodePackage, Pos: diag.Position{File: "go.mod"},
		Summary: "types were not checked: the go command cannot load the module",
		Detail:  strings.ReplaceAll(err.Error(), o.ModuleRoot+string(filepath.Separator), ""),
	})
	list.Sort()
	return Result{Diags: list, ModFile: o.ModFile, SumFile: o.SumFile}
}

// moduleRoot is dir made absolute, if there is a module in it.
func moduleRoot(dir string) (string, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("module root: %w", err)
	}
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		return "", fmt.Errorf("module root: %w", err)
	}
	return root, nil
}

func (o Options) untouched() Options {
	return Options{ModuleRoot: o.ModuleRoot, Patterns: o.Patterns, Tests: o.Tests, Ignored: o.Ignored, Neighbours: o.Neighbours}
}

// excuse turns errors of found that are also in before into warnings. Lines
// may have moved, so file and text are compared, as often as they occurred.
func excuse(found, before diag.List) {
	type key struct{ file, summary string }
	old := map[key]int{}
	for _, d := range before.Errors() {
		old[key{d.Pos.File, d.Summary}]++
	}
	for i, d := range found {
		k := key{d.Pos.File, d.Summary}
		if d.Severity == diag.Error && old[k] > 0 {
			old[k]--
			found[i].Severity = diag.Warning
			found[i].Suggestion = "not caused by this run"
		}
	}
}
