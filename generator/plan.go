package generator

import (
	"context"

	"golang.org/x/mod/module"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// Plan is what a run would do. Showing it, checking that it is empty and carrying it out are views of
// the same plan.
type Plan struct {
	Model      *resolve.Model
	Files      *reconcile.Plan
	Migrations []*migration.File // none: the schema has not changed
	Modules    []module.Version  // requirements added to or raised in go.mod
	Advisories []Advised         // known flaws in the code, and what becomes of them
	Diags      diag.List         // warnings and notes
}

// Empty reports that carrying out the plan would change nothing.
func (p *Plan) Empty() bool { return p.Files.Empty() }

// Apply carries out the plan: everything, or nothing at all.
func (p *Plan) Apply(ctx context.Context, w workspace.Writer) error {
	changes, err := p.Files.Changes()
	if err != nil {
		return err
	}
	return w.Apply(ctx, changes)
}
