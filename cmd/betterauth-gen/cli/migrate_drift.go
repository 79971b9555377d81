package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
)

func newMigrateDriftCommand(a *App) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "drift",
		Short: "Compare the database with what the applied migrations made; exit 2 when it differs",
		Long: `drift looks at our tables and columns and at no others. What you added to our tables is a note.
` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.migrateDrift(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// driftJSON is the form of migrate drift --json.
type driftJSON struct {
	After       string           `json:"after"` // migration the database should be as after
	Differences []differenceJSON `json:"differences"`
	Notes       []differenceJSON `json:"notes"`
}

type differenceJSON struct {
	Subject string `json:"subject"` // in names of the database
	Text    string `json:"text"`
}

func (a *App) migrateDrift(ctx context.Context, asJSON bool) error {
	t, err := a.openTarget()
	if err != nil {
		return err
	}
	out, err := t.drift(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		err = a.printJSON(out)
	} else {
		a.printDrift(out)
	}
	if err == nil && len(out.Differences) > 0 {
		return &codeError{code: exitPending}
	}
	return err
}

// drift compares the database with the schema after the migrations that are applied.
func (t target) drift(ctx context.Context) (driftJSON, error) {
	out := driftJSON{Differences: []differenceJSON{}, Notes: []differenceJSON{}}
	all, err := t.state(ctx)
	if err != nil {
		return out, err
	}
	n := 0
	for n < len(all) && all[n].Applied {
		out.After = all[n].File
		n++
	}
	if n == 0 {
		return out, fmt.Errorf("no migration is applied to %s; there is nothing to compare", t.shown)
	}
	db, err := t.connect(ctx)
	if err != nil {
		return out, err
	}
	defer func() { _ = db.Close() }()
	found, err := db.Inspect(ctx)
	if err != nil {
		return out, err
	}
	drift := migration.Compare(t.dialect, t.log.SchemaAfter(n), found)
	for _, d := range drift.Differences {
		out.Differences = append(out.Differences, differenceJSON(d))
	}
	for _, d := range drift.Notes {
		out.Notes = append(out.Notes, differenceJSON(d))
	}
	return out, nil
}

func (a *App) printDrift(out driftJSON) {
	for _, d := range out.Differences {
		fmt.Fprintf(a.Out, "%s %s: %s\n", a.Paint(term.Red, "differs"), d.Subject, d.Text)
	}
	for _, d := range out.Notes {
		fmt.Fprintf(a.Out, "%s    %s: %s\n", a.Paint(term.Yellow, "note"), d.Subject, d.Text)
	}
	if len(out.Differences) == 0 {
		fmt.Fprintf(a.Out, "the database is as %s left it\n", out.After)
	}
}
