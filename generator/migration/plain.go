package migration

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// plainFormat is SQL and nothing else. The ways back are in a folder of their
// own, where somebody who runs all files in order does not run them.
type plainFormat struct{}

// downDir holds the ways back.
const downDir = "down"

// noTransaction is a first line of plain files that must not run in a
// transaction.
const noTransaction = "-- not in a transaction"

// Name implements Formatter.
func (plainFormat) Name() string { return "plain" }

// Tool implements Formatter.
func (plainFormat) Tool() *Tool { return nil }

// Print implements Formatter.
func (plainFormat) Print(base string, d schema.Dialect, steps Steps) []Text {
	head := ""
	if steps.NoTransaction() {
		head = noTransaction + "\n\n"
	}
	return []Text{
		{base + ".sql", ended(head + bracketed(steps, body(steps, plainStatements), plainStatements))},
		{path.Join(downDir, base+".sql"), ended(head + downBody(steps))},
	}
}

// downBody prints the way back for tools that read plain SQL.
func downBody(steps Steps) string {
	var down strings.Builder
	plainStatements(&down, steps.Down())
	return bracketed(steps, down.String(), plainStatements)
}

// Read implements Formatter.
func (plainFormat) Read(dir fs.FS, d schema.Dialect, name string) (Script, error) {
	head, err := fs.ReadFile(dir, name)
	if err != nil {
		return Script{}, err
	}
	s := Script{File: name, NoTransaction: strings.HasPrefix(string(head), noTransaction)}
	if s.Up, err = readSplit(dir, d, name); err != nil {
		return Script{}, err
	}
	s.Down, err = readSplit(dir, d, path.Join(downDir, name))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return s, err
}
