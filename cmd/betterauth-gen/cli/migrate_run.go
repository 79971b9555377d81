package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/migration/live"
)

func (a *App) migrateUp(ctx context.Context, yes bool) error {
	t, err := a.openTarget()
	if err != nil {
		return err
	}
	if err := t.ours(false); err != nil {
		return err
	}
	db, err := t.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	pending, err := db.Pending(ctx)
	if err != nil {
		return err
	}
	if len(pending) == 0 {
		fmt.Fprintln(a.Out, "up to date")
		return nil
	}
	for _, m := range pending {
		a.printStatements(t, m, func(s migration.Script) []string { return s.Up })
	}
	question, harmless := fmt.Sprintf("Apply %d migration(s) to %s?", len(pending), t.shown), true
	if t.destroys(pending) {
		question, harmless = question+" This deletes data.", false
	}
	ok, err := a.agree(yes, question, harmless)
	if err != nil || !ok {
		return err
	}
	results, err := db.Up(ctx)
	a.printResults("applied", results)
	if err != nil {
		return t.explain(err)
	}
	return nil
}

// explain adds what to do about tables that are there already, which may be Better Auth's, and about what a copy of
// a table would lose.
func (t target) explain(err error) error {
	if strings.Contains(err.Error(), migration.GuardMark) {
		return fmt.Errorf("%w\nSQLite changes such a table by replacing it with a copy, in which what you added to it would be missing."+
			" Write that into the CREATE TABLE of the copy (values into the INSERT; indexes and triggers after the rename), take the"+
			" statements about betterauth_guard out, and record the edit: betterauth-gen migrate status --accept", err)
	}
	if strings.Contains(err.Error(), "already exists") {
		return fmt.Errorf("%w\nIf Better Auth or somebody else made these tables: betterauth-gen migrate baseline takes them over", err)
	}
	return err
}

// downOptions are the flags of migrate down.
type downOptions struct {
	yes bool
	n   int
	to  int64
}

func (a *App) migrateDown(ctx context.Context, o downOptions) error {
	if o.n < 1 {
		return fmt.Errorf("-n is %d, want 1 or more", o.n)
	}
	t, err := a.openTarget()
	if err != nil {
		return err
	}
	if err := t.ours(true); err != nil {
		return err
	}
	db, err := t.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	all, err := db.Status(ctx)
	if err != nil {
		return err
	}
	chosen, err := o.choose(all)
	if err != nil {
		return err
	}
	if len(chosen) == 0 {
		fmt.Fprintln(a.Out, "nothing is applied that could be taken back")
		return nil
	}
	if err := db.Undoable(ctx, chosen); err != nil {
		return err
	}
	for _, m := range chosen {
		a.printStatements(t, m, func(s migration.Script) []string { return s.Down })
	}
	ok, err := a.agree(o.yes, fmt.Sprintf("Take back %d migration(s) from %s? What they added is deleted.", len(chosen), t.shown), false)
	if err != nil || !ok {
		return err
	}
	results, err := db.Down(ctx, len(chosen))
	a.printResults("undone", results)
	if err != nil {
		return t.explain(err)
	}
	return nil
}

// choose returns the migrations to take back, newest first.
func (o downOptions) choose(all []live.Status) ([]live.Status, error) {
	applied := slices.DeleteFunc(slices.Clone(all), func(s live.Status) bool { return !s.Applied })
	slices.Reverse(applied)
	if o.to < 0 {
		return applied[:min(o.n, len(applied))], nil
	}
	if o.to > 0 && !slices.ContainsFunc(applied, func(s live.Status) bool { return s.Version == o.to }) {
		return nil, fmt.Errorf("--to: there is no applied migration with the version %d; see betterauth-gen migrate status", o.to)
	}
	return slices.DeleteFunc(applied, func(s live.Status) bool { return s.Version <= o.to }), nil
}

// destroys reports whether any of the migrations drops a table or a column.
func (t target) destroys(chosen []live.Status) bool {
	return slices.ContainsFunc(t.log.Entries, func(e migration.Entry) bool {
		return e.Destroys() && slices.ContainsFunc(chosen, func(s live.Status) bool { return s.Version == e.Version() })
	})
}

// agree asks, unless that is settled. The preset is what Enter alone means: no, where data is deleted.
func (a *App) agree(yes bool, question string, preset bool) (bool, error) {
	if yes {
		return true, nil
	}
	ok, err := a.Prompt.Confirm(question, preset)
	if err == nil && !ok {
		fmt.Fprintln(a.Err, "nothing was changed")
	}
	return ok, err
}

// printStatements shows what will run. A migration that was cut short goes on where it stopped.
func (a *App) printStatements(t target, m live.Status, half func(migration.Script) []string) {
	at := slices.IndexFunc(t.scripts, func(s migration.Script) bool { return s.Version == m.Version })
	fmt.Fprintf(a.Out, "-- %s\n", t.path(m.File))
	statements := half(t.scripts[at])
	if m.Stopped != nil {
		fmt.Fprintf(a.Out, "-- goes on with statement %d of %d, where an earlier run stopped\n", m.Stopped.Statement, m.Stopped.Of)
		statements = statements[min(m.Stopped.Statement-1, len(statements)):]
	}
	for _, s := range statements {
		fmt.Fprintf(a.Out, "%s;\n", s)
	}
	fmt.Fprintln(a.Out)
}

func (a *App) printResults(what string, results []live.Result) {
	for _, r := range results {
		fmt.Fprintf(a.Err, "%s %s\n", a.Paint(term.Green, what), r.File)
	}
}
