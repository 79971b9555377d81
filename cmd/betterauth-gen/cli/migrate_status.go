package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/migration/live"
)

// migrationJSON is an element of migrate status --json.
type migrationJSON struct {
	File     string        `json:"file"`
	Applied  bool          `json:"applied"`
	Stopped  *stoppedJSON  `json:"stopped,omitempty"`  // on MySQL, where a run was cut short
	Findings []findingJSON `json:"findings,omitempty"` // about pending migrations
}

type stoppedJSON struct {
	Statement int `json:"statement"`
	Of        int `json:"of"`
}

type findingJSON struct {
	Code    string `json:"code"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

// status lists the migrations. It does not make a SQLite database that is not there yet: looking is not
// making.
func (a *App) status(ctx context.Context, t target) ([]migrationJSON, error) {
	all, err := t.state(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]migrationJSON, len(all))
	for i, m := range all {
		list[i] = migrationJSON{File: m.File, Applied: m.Applied}
		if m.Stopped != nil {
			list[i].Stopped = &stoppedJSON{m.Stopped.Statement, m.Stopped.Of}
		}
		if !m.Applied {
			list[i].Findings = t.findings(i)
		}
	}
	return list, nil
}

// state reads which migrations are applied, from whoever keeps count.
func (t target) state(ctx context.Context) ([]live.Status, error) {
	if t.absent() {
		list := make([]live.Status, len(t.scripts))
		for i, s := range t.scripts {
			list[i] = live.Status{Version: s.Version, File: s.File}
		}
		return list, nil
	}
	db, err := t.connect(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	if t.format.Tool() != nil {
		return db.StatusOf(ctx, t.format.Name())
	}
	return db.Status(ctx)
}

// findings returns what there is to know about an entry of the log, but for what the configuration allows.
func (t target) findings(entry int) []findingJSON {
	var out []findingJSON
	e := t.log.Entries[entry]
	if e.Baseline {
		return nil
	}
	for _, f := range migration.Lint(t.dialect, t.log.SchemaAfter(entry), e.Changes) {
		if _, ok := t.config.Allow.Get(f.Key()); !ok {
			out = append(out, findingJSON{f.Code, f.Subject, f.Text})
		}
	}
	return out
}

func (a *App) migrateStatus(ctx context.Context, asJSON bool) error {
	t, err := a.openTarget()
	if asJSON && errors.Is(err, generator.ErrNoDatabase) {
		return a.printJSON([]migrationJSON{})
	}
	if err != nil {
		return err
	}
	list, err := a.status(ctx, t)
	if err != nil {
		return err
	}
	if asJSON {
		err = a.printJSON(list)
	} else {
		a.printStatus(list)
	}
	if err == nil && slices.ContainsFunc(list, func(m migrationJSON) bool { return !m.Applied || m.Stopped != nil }) {
		return &codeError{code: exitPending}
	}
	return err
}

func (a *App) printStatus(list []migrationJSON) {
	for _, m := range list {
		state := "pending"
		if m.Applied {
			state = "applied"
		}
		fmt.Fprintf(a.Out, "%-8s %s\n", state, m.File)
		if m.Stopped != nil {
			command := "up"
			if m.Applied {
				command = "down"
			}
			fmt.Fprintf(a.Out, "         %s at statement %d of %d; migrate %s goes on there\n",
				a.Paint(term.Red, "stopped"), m.Stopped.Statement, m.Stopped.Of, command)
		}
		for _, f := range m.Findings {
			fmt.Fprintf(a.Out, "         %s %s: %s\n", a.Paint(term.Yellow, f.Code), f.Subject, f.Text)
		}
	}
}
