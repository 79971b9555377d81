package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/migration/live"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

func newMigrateBaselineCommand(a *App) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "baseline",
		Short: "Take over a database that has the tables already, made by Better Auth for instance",
		Long: `In a project without migrations, baseline writes one that describes the tables as they are, and one that
adds what they lack; migrate up records the first and applies the second. In a project with migrations it
records as applied those whose tables, columns and indexes the database has.
` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.migrateBaseline(cmd.Context(), yes) },
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return cmd
}

func (a *App) migrateBaseline(ctx context.Context, yes bool) error {
	ws, root, err := a.openProject()
	if err != nil {
		return err
	}
	defer func() { _ = ws.Close() }()
	log, err := migration.LoadLog(ws.FS())
	if err != nil {
		return err
	}
	if len(log.Entries) > 0 {
		return a.record(ctx, ws, root, yes)
	}
	t, err := a.destination(ws, root)
	if err != nil {
		return err
	}
	if t.absent() {
		return fmt.Errorf("there is no database at %s", t.shown)
	}
	if err := a.recoverRun(ws, false); err != nil {
		return err
	}
	found, err := t.inspect(ctx)
	if err != nil {
		return err
	}
	plan, err := a.build(ctx, generator.Request{Root: root, Reader: ws, FS: ws.FS(), Adopt: adopting(found)})
	if err != nil {
		return a.refused(plan, generateOptions{}, err)
	}
	if err := plan.Apply(ctx, ws); err != nil {
		return err
	}
	a.showList(plan, false)
	return nil
}

// errNothingFound: there is nothing to take over.
var errNothingFound = errors.New("the database has none of the tables betterauth.yaml asks for; give their names there" +
	" (user.modelName, user.fields), or run betterauth-gen generate to make new ones")

// adopting has a run begin with the tables found.
func adopting(found []migration.FoundTable) func(schema.Schema, migration.Options) (*migration.Adoption, error) {
	return func(target schema.Schema, opts migration.Options) (*migration.Adoption, error) {
		adoption, err := migration.Adopt(target, found, opts)
		if err == nil && adoption == nil {
			err = errNothingFound
		}
		return adoption, err
	}
}

// inspect reads the tables of the database.
func (t target) inspect(ctx context.Context) ([]migration.FoundTable, error) {
	db, err := live.Open(ctx, t.dialect, t.url, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	return db.Inspect(ctx)
}

// record notes as applied what the database has.
func (a *App) record(ctx context.Context, ws *workspace.Dir, root string, yes bool) error {
	t, err := a.target(ws, root)
	if err != nil {
		return err
	}
	if err := t.ours(false); err != nil {
		return err
	}
	if t.absent() {
		return fmt.Errorf("there is no database at %s", t.shown)
	}
	found, err := t.inspect(ctx)
	if err != nil {
		return err
	}
	n, drift := t.matching(found)
	if n == 0 {
		for _, d := range drift.Differences {
			fmt.Fprintf(a.Err, "%s: %s\n", d.Subject, d.Text)
		}
		return fmt.Errorf("the database has not what %s makes. If Better Auth made its tables, and no database has the migrations: delete %s"+
			" and the migrations, and run migrate baseline again", t.scripts[0].File, migration.LogDir)
	}
	for _, s := range t.scripts[:n] {
		fmt.Fprintf(a.Out, "there    %s\n", t.path(s.File))
	}
	ok, err := a.agree(yes, fmt.Sprintf("Record %d migration(s) as applied to %s?", n, t.shown), true)
	if err != nil || !ok {
		return err
	}
	db, err := t.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	results, err := db.Record(ctx, n)
	a.printResults("recorded", results)
	return err
}

// matching returns how many migrations the database has the results of, and what is missing for the first.
func (t target) matching(found []migration.FoundTable) (int, migration.Drift) {
	var first migration.Drift
	for n := len(t.scripts); n > 0; n-- {
		first = migration.Compare(t.dialect, t.log.SchemaAfter(n), found)
		if len(first.Differences) == 0 {
			return n, first
		}
	}
	return 0, first
}
