package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// generateOptions are the flags of generate.
type generateOptions struct {
	check, dryRun, diff, json bool
	choices                   reconcile.Choices
}

// readOnly reports that nothing may be written.
func (o generateOptions) readOnly() bool { return o.check || o.dryRun || o.diff }

// newGenerateCommand returns the command that brings the repository up to date with betterauth.yaml.
func newGenerateCommand(a *App) *cobra.Command {
	var o generateOptions
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Bring the code and the migrations up to date with betterauth.yaml",
		Long: `generate writes what betterauth.yaml asks for and keeps your edits: a file you changed is merged with
the new text. Where both change the same lines it writes nothing and shows the three sides.
` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.generate(cmd.Context(), o) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.check, "check", false, "write nothing; exit 2 when something is pending")
	flags.BoolVar(&o.dryRun, "dry-run", false, "write nothing; say what would be done")
	flags.BoolVar(&o.diff, "diff", false, "write nothing; print what would change as a unified diff")
	flags.BoolVar(&o.json, "json", false, "print the plan as JSON")
	flags.StringArrayVar(&o.choices.Ours, "ours", nil, "in a conflict keep your `file`")
	flags.StringArrayVar(&o.choices.Theirs, "theirs", nil, "in a conflict take the new `file`")
	flags.StringArrayVar(&o.choices.Force, "force", nil, "overwrite `file`, although it was edited or is not ours")
	flags.StringArrayVar(&o.choices.Restore, "restore", nil, "bring back `file`, although you deleted it")
	flags.BoolVar(&o.choices.Markers, "markers", false, "write conflicts into the files instead of stopping")
	return cmd
}

func (a *App) generate(ctx context.Context, o generateOptions) error {
	ws, root, err := a.openProject()
	if err != nil {
		return err
	}
	defer func() { _ = ws.Close() }()
	if err := a.recoverRun(ws, o.readOnly()); err != nil {
		return err
	}
	plan, err := a.build(ctx, generator.Request{Root: root, Reader: ws, FS: ws.FS(), Choices: o.choices})
	if err != nil {
		return a.refused(plan, err)
	}
	if !o.readOnly() {
		if err := plan.Apply(ctx, ws); err != nil {
			return err
		}
	}
	if err := a.show(plan, o); err != nil {
		return err
	}
	if o.check && !plan.Empty() {
		return &codeError{code: exitPending}
	}
	return nil
}

// recoverRun undoes a run that was cut short.
func (a *App) recoverRun(ws *workspace.Dir, readOnly bool) error {
	pending, err := ws.Pending()
	if err != nil || !pending {
		return err
	}
	if readOnly {
		return errors.New("an earlier run was cut short; run betterauth-gen generate to put the files right")
	}
	if _, err := ws.Recover(); err != nil {
		return err
	}
	fmt.Fprintln(a.Err, "an earlier run was cut short; its changes were undone")
	return nil
}

// build plans a run and prints its warnings and notes.
func (a *App) build(ctx context.Context, req generator.Request) (*generator.Plan, error) {
	progress := term.NewProgress(a.Streams)
	req.Known, req.Now = a.Plugins, time.Now()
	req.Progress = func(step string) {
		progress.Step(step)
		if a.verbose {
			fmt.Fprintln(a.Err, step)
		}
	}
	plan, err := generator.Build(ctx, req)
	progress.Done()
	if plan != nil {
		a.printDiagnostics(plan.Diags)
	}
	return plan, err
}

// refused turns an error of Build into an exit code. Conflicts have been printed, three sides each.
func (a *App) refused(_ *generator.Plan, err error) error {
	if errors.Is(err, reconcile.ErrConflict) || errors.Is(err, reconcile.ErrRefused) {
		return &codeError{code: exitConflict, err: fmt.Errorf("%w; nothing was written", err)}
	}
	return err
}

// show prints the plan in the way the flags ask for.
func (a *App) show(plan *generator.Plan, o generateOptions) error {
	switch {
	case o.json:
		return a.showJSON(plan)
	case o.diff:
		return a.showDiff(plan)
	}
	a.showList(plan, o.readOnly())
	return nil
}

// showList prints a line for each file that changes.
func (a *App) showList(plan *generator.Plan, readOnly bool) {
	if plan.Empty() {
		fmt.Fprintln(a.Out, "up to date")
		return
	}
	counts := map[reconcile.Kind]int{}
	for _, action := range plan.Files.Actions {
		if !action.Writes() {
			continue
		}
		counts[action.Kind]++
		if a.verbose || readOnly || action.Kind != reconcile.Create {
			fmt.Fprintf(a.Out, "%-8s %s\n", action.Kind, action.Path)
		}
	}
	if n := counts[reconcile.Create]; n > 0 && !a.verbose && !readOnly {
		fmt.Fprintf(a.Out, "%-8s %d files\n", reconcile.Create, n)
	}
	for _, m := range plan.Modules {
		fmt.Fprintf(a.Out, "%-8s %s %s\n", "require", m.Path, m.Version)
	}
	if plan.Migration != nil && !readOnly {
		fmt.Fprintf(a.Out, "\nnew migration %s/%s; run betterauth-gen migrate up\n", generator.MigrationsDir, plan.Migration.Entry.Migration)
	}
}

func (a *App) showDiff(plan *generator.Plan) error {
	for _, action := range plan.Files.Actions {
		if !action.Writes() {
			continue
		}
		if _, err := fmt.Fprint(a.Out, merge.Unified(action.Path, action.Ours, action.Result)); err != nil {
			return err
		}
	}
	return nil
}

// planJSON is the form of generate --json.
type planJSON struct {
	Pending   bool         `json:"pending"`
	Files     []fileJSON   `json:"files"`
	Migration *string      `json:"migration"`
	Modules   []moduleJSON `json:"modules"`
}

type fileJSON struct {
	Path   string          `json:"path"`
	Class  workspace.Class `json:"class"`
	Action reconcile.Kind  `json:"action"`
	Reason string          `json:"reason,omitempty"`
}

type moduleJSON struct {
	Path    string `json:"path"`
	Version string `json:"version"`
}

func (a *App) showJSON(plan *generator.Plan) error {
	out := planJSON{Pending: !plan.Empty(), Files: []fileJSON{}, Modules: []moduleJSON{}}
	for _, action := range plan.Files.Actions {
		if action.Writes() {
			out.Files = append(out.Files, fileJSON{action.Path, action.Class, action.Kind, action.Reason})
		}
	}
	for _, m := range plan.Modules {
		out.Modules = append(out.Modules, moduleJSON{m.Path, m.Version})
	}
	if plan.Migration != nil {
		out.Migration = &plan.Migration.Entry.Migration
	}
	return a.printJSON(out)
}

// printJSON prints v as indented JSON.
func (a *App) printJSON(v any) error {
	encoder := json.NewEncoder(a.Out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
