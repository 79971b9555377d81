package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// migrateDrop writes the migration that drops what nobody uses any more.
func (a *App) migrateDrop(ctx context.Context, name string, allow bool) error {
	ws, root, err := a.openProject()
	if err != nil {
		return err
	}
	defer func() { _ = ws.Close() }()
	if err := a.recoverRun(ws, !allow); err != nil {
		return err
	}
	req := generator.Request{Root: root, Reader: ws, FS: ws.FS(), Drop: name, Known: a.Plugins, Now: time.Now()}
	if !allow {
		plan, err := generator.Migrate(ctx, req)
		if err != nil {
			return err
		}
		a.printMigrations(plan)
		return errors.New("this deletes data; if that is meant, run it with --allow-destructive")
	}
	plan, err := a.build(ctx, req)
	if err != nil {
		return a.refused(plan, generateOptions{}, err)
	}
	for _, action := range plan.Files.Actions {
		if action.Writes() && action.Class != workspace.Ledger && action.Class != workspace.Patch && !strings.HasPrefix(action.Path, ".betterauth/") {
			return generator.ErrGenerateFirst
		}
	}
	if err := plan.Apply(ctx, ws); err != nil {
		return err
	}
	a.showList(plan, false)
	return nil
}

// migrateDiff prints the migrations that are to be written.
func (a *App) migrateDiff(ctx context.Context) error {
	ws, root, err := a.openProject()
	if err != nil {
		return err
	}
	defer func() { _ = ws.Close() }()
	plan, err := generator.Migrate(ctx, generator.Request{Root: root, Reader: ws, FS: ws.FS(), Known: a.Plugins, Now: time.Now()})
	if err != nil {
		return err
	}
	a.printDiagnostics(plan.Diags)
	if len(plan.Migrations) == 0 {
		fmt.Fprintln(a.Out, "the migrations are up to date with "+config.FileName)
		return nil
	}
	a.printMigrations(plan)
	return &codeError{code: exitPending}
}

// printMigrations prints the texts of new migrations.
func (a *App) printMigrations(plan *generator.Plan) {
	for _, m := range plan.Migrations {
		for _, text := range m.Texts() {
			fmt.Fprintf(a.Out, "-- %s\n%s\n", text.Name, text.Data)
		}
	}
}

// showMigrations names new migrations and what to do with them.
func (a *App) showMigrations(plan *generator.Plan) {
	fmt.Fprintln(a.Out)
	for i, m := range plan.Migrations {
		end := "\n"
		if i == len(plan.Migrations)-1 {
			end = "; " + applyHint(plan) + "\n"
		}
		fmt.Fprintf(a.Out, "new migration %s/%s%s", plan.Model.Config.Generation.Migrations.Dir, m.Entry.Migration, end)
	}
}

// applyHint says how migrations are applied.
func applyHint(plan *generator.Plan) string {
	o := plan.Model.Config.Generation.Migrations
	format, err := migration.FormatNamed(o.Format)
	if err != nil || format.Tool() == nil {
		return "run betterauth-gen migrate up"
	}
	return "run " + format.Tool().Command(format.Tool().Up, o.Dir)
}
