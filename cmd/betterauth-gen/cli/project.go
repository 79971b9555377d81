package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// openProject opens the folder that holds betterauth.yaml: --dir, or the closest one above it.
func (a *App) openProject() (*workspace.Dir, string, error) {
	start, err := filepath.Abs(a.dir)
	if err != nil {
		return nil, "", err
	}
	root := start
	for {
		_, err := os.Stat(filepath.Join(root, config.FileName))
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, "", err
		}
		if parent := filepath.Dir(root); parent != root {
			root = parent
			continue
		}
		return nil, "", fmt.Errorf("there is no %s in %s or above it; betterauth-gen init makes one", config.FileName, start)
	}
	ws, err := workspace.Open(root)
	a.base = root
	return ws, root, err
}

// printDiagnostics prints findings, with the line they are about where there is one.
func (a *App) printDiagnostics(list diag.List) {
	printer := diag.Printer{Color: a.Colour, Source: a.source}
	if err := printer.Print(a.Err, list); err != nil {
		fmt.Fprintln(a.Err, a.Paint(term.Red, "error:"), err)
	}
}

// source returns the text of a file that a diagnostic is about; nil when it is not on disk.
func (a *App) source(file string) []byte {
	if a.base == "" || !filepath.IsLocal(file) {
		return nil
	}
	if file == config.FileName && a.edited != nil {
		return a.edited
	}
	text, err := os.ReadFile(filepath.Join(a.base, file))
	if err != nil {
		return nil
	}
	return text
}
