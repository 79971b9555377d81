package migration

import (
	"fmt"
	"io/fs"
	"slices"

	"ariga.io/atlas/sql/migrate"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Script is a migration as it stands on disk, with the user's edits.
type Script struct {
	File          string
	Version       int64
	Up, Down      []string // statements without the final semicolon
	NoTransaction bool     // of its own accord, or because a statement refuses one
	// Baseline describes a database that was there before the change log. Where
	// its tables exist it is recorded and not run.
	Baseline []string
}

// Scripts reads the migrations of the log in order.
func (l *Log) Scripts(dir fs.FS) ([]Script, error) {
	out := make([]Script, len(l.Entries))
	for i, entry := range l.Entries {
		format, err := FormatNamed(entry.Format)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.File, err)
		}
		if out[i], err = format.Read(dir, entry.Dialect, entry.Migration); err != nil {
			return nil, fmt.Errorf("read migration: %w", err)
		}
		out[i].Version = entry.Version()
		if entry.Baseline {
			out[i].Baseline = entry.tables()
		}
	}
	return out, nil
}

// Unbracketed reports whether the statements need no transaction but the one around
// them, and returns them without the bracket of a SQLite rebuild.
func (s Script) Unbracketed(statements []string) ([]string, bool) {
	if !s.NoTransaction {
		return statements, true
	}
	open, close := opening(), closing()
	n := len(open) + len(close)
	if len(statements) < n || !slices.Equal(statements[:len(open)], open) ||
		!slices.Equal(statements[len(statements)-len(close):], close) {
		return statements, false
	}
	return statements[len(open) : len(statements)-len(close)], true
}

// split reads statements by SQL's own rules.
func split(d schema.Dialect, text string) ([]string, error) {
	scanner := migrate.Scanner{ScannerOptions: migrate.ScannerOptions{
		MatchDollarQuote: d == schema.Postgres,
		BackslashEscapes: d == schema.MySQL,
		OmitDelimiter:    true,
	}}
	found, err := scanner.Scan(text)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(found))
	for i, s := range found {
		out[i] = s.Text
	}
	return out, nil
}

// readSplit reads the statements of a file.
func readSplit(dir fs.FS, d schema.Dialect, name string) ([]string, error) {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return nil, err
	}
	statements, err := split(d, string(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return statements, nil
}
