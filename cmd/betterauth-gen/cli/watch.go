package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
)

// settleTime is how long files must be quiet before a run: editors save in several steps.
const settleTime = 200 * time.Millisecond

// watch generates now and whenever what generate depends on has changed. It ends with Ctrl-C only; a run
// that fails says so and waits for the next change.
func (a *App) watch(ctx context.Context, o generateOptions) error {
	ws, root, err := a.openProject()
	if err != nil {
		return err
	}
	_ = ws.Close()
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	defer func() { _ = watcher.Close() }()
	quiet := time.NewTimer(0)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-watcher.Errors:
			return fmt.Errorf("watch: %w", err)
		case event := <-watcher.Events:
			if worthARun(event) {
				quiet.Reset(settleTime)
			}
		case <-quiet.C:
			a.runAgain(ctx, o)
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := watchFolders(watcher, root); err != nil { // there may be new ones
				return err
			}
			fmt.Fprintln(a.Err, a.Paint(term.Faint, "watching; Ctrl-C ends"))
		}
	}
}

// runAgain is one run. Its outcome is printed.
func (a *App) runAgain(ctx context.Context, o generateOptions) {
	err := a.generate(ctx, o)
	if err == nil || ctx.Err() != nil {
		return
	}
	var coded *codeError
	if errors.As(err, &coded) && coded.err != nil {
		err = coded.err
	}
	a.printError(err)
}

// watchFolders watches the root of the module and the folders with queries. A folder is watched rather than
// a file, because editors replace files.
func watchFolders(w *fsnotify.Watcher, root string) error {
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return nil // gone meanwhile, or not ours to read
		}
		base := e.Name()
		switch {
		case name == root, base == "queries":
			return w.Add(name)
		case strings.HasPrefix(base, "."), base == "node_modules", base == "vendor":
			return fs.SkipDir
		}
		return nil
	})
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	return nil
}

// worthARun reports a change of something generate reads: the configuration, go.mod, a query.
func worthARun(e fsnotify.Event) bool {
	base := filepath.Base(e.Name)
	return !e.Op.Has(fsnotify.Chmod) && (base == config.FileName || base == "go.mod" || filepath.Ext(base) == ".sql")
}
