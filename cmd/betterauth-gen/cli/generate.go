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
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/git"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// generateOptions are the flags of generate.
type generateOptions struct {
	check, dryRun, diff, json, allowDirty, watch bool
	choices                                      reconcile.Choices
	// edit changes betterauth.yaml in the same run; nil leaves it alone.
	edit func(text []byte) ([]byte, error)
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
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.watch {
				return a.watch(cmd.Context(), o)
			}
			return a.generate(cmd.Context(), o)
		},
	}
	o.register(cmd)
	a.completeChoices(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&o.check, "check", false, "write nothing; exit 2 when something is pending")
	flags.BoolVar(&o.watch, "watch", false, "generate again whenever betterauth.yaml or a query changes, until Ctrl-C")
	cmd.MarkFlagsMutuallyExclusive("watch", "check")
	cmd.MarkFlagsMutuallyExclusive("watch", "dry-run")
	cmd.MarkFlagsMutuallyExclusive("watch", "diff")
	return cmd
}

// register adds the flags of every command that generates.
func (o *generateOptions) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&o.dryRun, "dry-run", false, "write nothing; say what would be done")
	flags.BoolVar(&o.diff, "diff", false, "write nothing; print what would change as a unified diff")
	flags.BoolVar(&o.json, "json", false, "print the plan as JSON")
	flags.StringArrayVar(&o.choices.Ours, "ours", nil, "in a conflict keep your `file`")
	flags.StringArrayVar(&o.choices.Theirs, "theirs", nil, "in a conflict take the new `file`")
	flags.StringArrayVar(&o.choices.Force, "force", nil, "overwrite `file`, although it was edited or is not ours")
	flags.StringArrayVar(&o.choices.Restore, "restore", nil, "bring back `file`, although you deleted it")
	flags.StringArrayVar(&o.choices.Markers, "markers", nil, "write conflicts into `file` instead of stopping; without a value into every file (--markers=file)")
	flags.Lookup("markers").NoOptDefVal = "*"
	flags.BoolVar(&o.choices.Rebase, "rebase", false, "after a merge of branches that conflicts in .betterauth: compare with the text from before they parted, and replace generated files")
	flags.BoolVar(&o.allowDirty, "allow-dirty", false, "merge also into files with changes that are not committed")
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
	plan, err := a.plan(ctx, ws, root, o)
	if err != nil {
		return a.refused(plan, o, err)
	}
	if err := a.heed(plan); err != nil {
		return err
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

// plan plans a run. Where edits and new text conflict, it asks the person at the terminal, if there is one,
// and plans again with what they say.
func (a *App) plan(ctx context.Context, ws *workspace.Dir, root string, o generateOptions) (*generator.Plan, error) {
	choices, err := a.inProject(ws, root, o.choices)
	if err != nil {
		return nil, err
	}
	req := generator.Request{Root: root, Reader: ws, FS: ws.FS(), Choices: choices, AllowDirty: o.allowDirty || o.readOnly()}
	if repo := git.Open(ctx, root); repo != nil {
		req.Repo = repo
	}
	if o.edit != nil {
		first, err := a.editConfig(ws, o.edit)
		if err != nil {
			return nil, err
		}
		req.First = first
	}
	if !a.Interactive || o.readOnly() || o.json || o.watch {
		return a.build(ctx, req)
	}
	talk := settlement{app: a, chosen: map[string][][]byte{}, shown: map[diag.Diagnostic]bool{}}
	return talk.plan(ctx, req)
}

// editConfig edits betterauth.yaml. One that is not YAML stays as it is: the run says what is wrong with it.
func (a *App) editConfig(ws *workspace.Dir, edit func(text []byte) ([]byte, error)) (*generator.First, error) {
	before, err := ws.ReadFile(config.FileName)
	if err != nil {
		return nil, err
	}
	if cfg, _ := config.Load(config.FileName, before, a.Plugins); cfg == nil {
		return nil, nil
	}
	if a.edited, err = edit(before); err != nil {
		return nil, err
	}
	return &generator.First{Files: []reconcile.Patch{{Path: config.FileName, Before: before, After: a.edited}}}, nil
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
	plan, err := a.run(ctx, req)
	if plan != nil {
		a.printDiagnostics(plan.Diags)
	}
	return plan, err
}

// run plans a run.
func (a *App) run(ctx context.Context, req generator.Request) (*generator.Plan, error) {
	progress := term.NewProgress(a.Streams)
	defer progress.Done()
	req.Known, req.Advisories, req.Now = a.Plugins, a.Advisories, time.Now()
	req.Progress = func(step string) {
		progress.Step(step)
		if a.verbose {
			fmt.Fprintln(a.Err, step)
		}
	}
	return generator.Build(ctx, req)
}

// refused turns an error of Build into an exit code. Conflicts have been printed, three sides each.
func (a *App) refused(plan *generator.Plan, o generateOptions, err error) error {
	if o.json && plan != nil && plan.Files != nil {
		if err := a.showJSON(plan); err != nil {
			return err
		}
	}
	if errors.Is(err, reconcile.ErrConflict) || errors.Is(err, reconcile.ErrRefused) {
		if idle := a.heed(plan); idle != nil {
			a.printError(idle)
		}
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
	if len(plan.Migrations) > 0 && !readOnly {
		a.showMigrations(plan)
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
	Pending    bool           `json:"pending"`
	Files      []fileJSON     `json:"files"`
	Migrations []string       `json:"migrations"`
	Modules    []moduleJSON   `json:"modules"`
	Conflicts  []conflictJSON `json:"conflicts,omitempty"`
	Advisories []advisedJSON  `json:"advisories"`
}

// conflictJSON is a place that both sides changed, with the lines of each.
type conflictJSON struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Into   string `json:"into,omitempty"` // the file the new version moves it to
	Name   string `json:"name,omitempty"`
	Base   string `json:"base"`
	Ours   string `json:"ours"`
	Theirs string `json:"theirs"`
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
	out := planJSON{
		Pending: !plan.Empty(), Files: []fileJSON{}, Migrations: []string{}, Modules: []moduleJSON{},
		Advisories: advised(plan.Advisories),
	}
	for _, action := range plan.Files.Actions {
		if action.Writes() || action.Kind == reconcile.Conflict || action.Kind == reconcile.Refuse {
			out.Files = append(out.Files, fileJSON{action.Path, action.Class, action.Kind, action.Reason})
		}
		for _, c := range action.Conflicts {
			if action.Kind == reconcile.Conflict {
				one := conflictJSON{c.Place(action.Path), c.Ours.Start, "", c.Name, string(c.Base.Text), string(c.Ours.Text), string(c.Theirs.Text)}
				if one.Path != action.Path {
					one.Into = action.Path
				}
				out.Conflicts = append(out.Conflicts, one)
			}
		}
	}
	for _, m := range plan.Modules {
		out.Modules = append(out.Modules, moduleJSON{m.Path, m.Version})
	}
	for _, m := range plan.Migrations {
		out.Migrations = append(out.Migrations, m.Entry.Migration)
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
