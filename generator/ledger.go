package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// checkLedger looks for the entries of the change log that earlier runs wrote. Without one whose migration is there,
// the same tables would be made a second time.
func (b *build) checkLedger(folder []migration.Text) error {
	lock, err := workspace.ReadBothLocks(b.Reader)
	if err != nil {
		return err
	}
	if len(lock.Entries) == 0 {
		return b.checkNewLedger(folder)
	}
	var lost diag.List
	for _, e := range lock.Entries {
		if e.Class != workspace.Ledger || path.Dir(e.Path) != migration.LogDir {
			continue
		}
		name := strings.TrimSuffix(path.Base(e.Path), path.Ext(e.Path)) + "."
		at := slices.IndexFunc(folder, func(t migration.Text) bool { return strings.HasPrefix(t.Name, name) })
		if at < 0 {
			continue
		}
		if _, err := fs.Stat(b.FS, e.Path); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		there := path.Join(b.config.Generation.Migrations.Dir, folder[at].Name)
		lost = append(lost, diag.Diagnostic{
			Severity: diag.Error, Code: CodeLog, Pos: diag.Position{File: e.Path},
			Summary: fmt.Sprintf("the entry of the change log is gone, but the migration it is about is there: %s", there),
			Detail:  "restore it from version control, or, if no database has the migration, delete that, too",
		})
	}
	return lost.Err()
}

// checkNewLedger looks for first migrations where there is no lock, and so no record of earlier runs. With a change log beside
// them they are known; without one all of .betterauth is gone.
func (b *build) checkNewLedger(folder []migration.Text) error {
	if entries, err := b.Reader.List(migration.LogDir); err != nil || len(entries) > 0 {
		return err
	}
	for _, text := range folder {
		if !migration.IsFirst(text.Name) {
			continue
		}
		return diag.List{{
			Severity: diag.Error, Code: CodeLog, Pos: diag.Position{File: migration.LogDir},
			Summary: "there is no change log, but a first migration: " + path.Join(b.config.Generation.Migrations.Dir, text.Name),
			Detail:  "restore .betterauth from version control; a migration of your own needs another name; one that no database has can be deleted",
		}}.Err()
	}
	return nil
}
