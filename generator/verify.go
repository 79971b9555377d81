package generator

import (
	"context"
	"path"

	"github.com/betterauth-gen/betterauth-gen/generator/check"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

// verify type-checks the tree as it will be, together with the packages of the user that import it.
// A merge can be clean line by line and still not compile.
func (b *build) verify(ctx context.Context) error {
	options := check.Options{
		ModuleRoot: b.module.root,
		Overlay:    map[string][]byte{},
		ModFile:    b.module.after.Mod,
		SumFile:    b.module.after.Sum,
	}
	changed := false
	for _, a := range b.plan.Files.Actions {
		if path.Ext(a.Path) != ".go" {
			continue
		}
		changed = changed || a.Writes()
		switch {
		case a.Kind == reconcile.Delete:
			options.Deleted = append(options.Deleted, a.Path)
		case a.Writes(), b.module.before.Mod == nil:
			options.Overlay[a.Path] = a.Result
		}
	}
	if !changed {
		return nil
	}
	diags, err := check.Verify(ctx, options)
	if err != nil {
		return err
	}
	return b.note(diags)
}
