package generator

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"sync"

	"golang.org/x/mod/module"

	"github.com/betterauth-gen/betterauth-gen/generator/check"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/gomod"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

// CodeVendor marks dependencies that go.mod has, and the folder vendor not yet.
const CodeVendor = "BA124"

// verify settles go.mod and go.sum and, at the same time, type-checks the tree as it will be, together
// with the packages of the user that import it. A merge can be clean line by line and still not compile.
func (b *build) verify(ctx context.Context) error {
	missing, err := gomod.Missing(b.module.parsed, b.imports())
	if err != nil {
		return err
	}
	b.plan.Modules = missing
	after := b.module.after
	if len(missing) > 0 {
		if after.Mod, err = gomod.Require(after.Mod, missing); err != nil {
			return err
		}
	}
	var siblings []gomod.Sibling
	if len(missing) > 0 || b.writesGo() {
		if siblings, err = gomod.Siblings(ctx, b.Root); err != nil {
			return err
		}
	}
	var failed error
	var wait sync.WaitGroup
	wait.Go(func() { failed = b.completeModule(ctx, missing, siblings) })
	diags, err := b.typeCheck(ctx, after, len(missing) > 0, siblings)
	wait.Wait()
	if failed != nil {
		return failed // what is missing in go.mod is missing in every package
	}
	if err != nil {
		return err
	}
	if err := b.note(diags); err != nil || len(missing) == 0 {
		return err
	}
	b.noteVendor()
	return b.patch(ctx)
}

// noteVendor says what is left to do where dependencies are copied into the module: the go command refuses to
// build while they are not those of go.mod.
func (b *build) noteVendor() {
	if _, err := fs.Stat(b.FS, "vendor/modules.txt"); err == nil {
		b.plan.Diags.Warnf(diag.Position{File: "go.mod"}, CodeVendor, "vendor lacks what was added to go.mod; run go mod vendor")
	}
}

// completeModule has the go command add to go.mod and go.sum what the emitted code imports.
func (b *build) completeModule(ctx context.Context, missing []module.Version, siblings []gomod.Sibling) (err error) {
	if len(missing) == 0 {
		return nil
	}
	b.module.after, err = gomod.Update(ctx, b.module.root, b.module.after, missing, siblings, b.overlay(), b.patterns())
	return err
}

// writesGo reports that there are types to check.
func (b *build) writesGo() bool {
	return slices.ContainsFunc(b.plan.Files.Actions, func(a reconcile.Action) bool {
		return path.Ext(a.Path) == ".go" && a.Writes()
	})
}

// typeCheck checks what changes, and those of siblings that import it. With staged the go command works on after,
// and siblings, instead of go.mod on disk.
func (b *build) typeCheck(ctx context.Context, after gomod.File, staged bool, siblings []gomod.Sibling) (diag.List, error) {
	if !b.writesGo() {
		return nil, nil
	}
	importers, err := gomod.Importers(siblings, b.plan.Model.Module)
	if err != nil {
		return nil, err
	}
	options := check.Options{ModuleRoot: b.module.root, Overlay: map[string][]byte{}}
	for _, s := range importers {
		options.Neighbours = append(options.Neighbours, check.Neighbour(s))
	}
	if staged {
		mod, err := gomod.WithSiblings(after.Mod, siblings)
		if err != nil {
			return nil, err
		}
		options.ModFile, options.SumFile = mod, append(slices.Clone(after.Sum), gomod.SumsOf(siblings)...)
	}
	for _, a := range b.plan.Files.Actions {
		if path.Ext(a.Path) != ".go" {
			continue
		}
		if a.Writes() && merge.HasMarkers(a.Result) {
			return unsettled(a.Path), nil
		}
		switch {
		case a.Kind == reconcile.Delete:
			options.Deleted = append(options.Deleted, a.Path)
		case a.Writes(), b.module.before.Mod == nil:
			options.Overlay[a.Path] = a.Result
		}
	}
	if options.Ignored, options.Tests, err = b.uncheckedTests(); err != nil {
		return nil, err
	}
	options.Tests = options.Tests || len(importers) > 0
	diags, err := check.Verify(ctx, options)
	b.explainOrphans(diags)
	b.explain(diags)
	return diags, err
}

// explainOrphans says what to do about a file that does not compile because what it belonged to is gone.
func (b *build) explainOrphans(diags diag.List) {
	for _, a := range b.plan.Files.Actions {
		if a.Kind != reconcile.Orphan {
			continue
		}
		for i := range diags {
			if diags[i].Pos.File == a.Path {
				diags[i].Suggestion = "no longer emitted, but you edited it; --force " + a.Path + " deletes it"
			}
		}
	}
}

// unsettled says why there was no check: conflict markers are no Go, and the user asked for them.
func unsettled(file string) diag.List {
	var list diag.List
	list.Add(diag.Diagnostic{
		Severity: diag.Warning, Code: check.CodeSyntax, Pos: diag.Position{File: file},
		Summary:    "types were not checked: there are conflict markers",
		Suggestion: "resolve them, then generate again",
	})
	return list
}
