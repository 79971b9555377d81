package cli

import (
	"bytes"
	"context"
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// acceptEdits puts the checksums of edited migrations into the change log. Whether they still make what the log says
// is for migrate drift to tell, once they are applied.
func (a *App) acceptEdits(ctx context.Context) error {
	ws, root, err := a.openProject()
	if err != nil {
		return err
	}
	defer func() { _ = ws.Close() }()
	if err := a.recoverRun(ws, false); err != nil {
		return err
	}
	t, err := a.destination(ws, root)
	if err != nil {
		return err
	}
	log, err := migration.LoadLog(ws.FS())
	if err != nil {
		return err
	}
	mismatches, err := log.Mismatches(ws.FS(), t.config.Dir)
	if err != nil {
		return err
	}
	var changes []workspace.Change
	var accepted []string
	for _, m := range mismatches {
		if m.Missing {
			continue // an error of every command
		}
		before, err := ws.ReadFile(m.Entry.File)
		if err != nil {
			return err
		}
		after := bytes.Replace(before, []byte(m.Entry.Checksum), []byte(m.Actual), 1)
		changes = append(changes, workspace.Change{Path: m.Entry.File, Before: before, After: after})
		accepted = append(accepted, t.path(m.Entry.Migration))
	}
	if err := ws.Apply(ctx, changes); err != nil {
		return err
	}
	for _, name := range accepted {
		fmt.Fprintf(a.Err, "%s %s\n", a.Paint(term.Green, "accepted"), name)
	}
	return nil
}
