package migration

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// golangMigrateFormat is a file for each way, which golang-migrate sends to the
// database in one piece.
type golangMigrateFormat struct{}

// Name implements Formatter.
func (golangMigrateFormat) Name() string { return "golang-migrate" }

// Tool implements Formatter.
func (golangMigrateFormat) Tool() *Tool {
	return &Tool{
		Up:   `migrate -path $DIR -database "$DATABASE_URL" up`,
		Down: `migrate -path $DIR -database "$DATABASE_URL" down 1`,
	}
}

// Print implements Formatter. golang-migrate has no transaction of its own, but
// PostgreSQL makes one of several statements that come together; MySQL needs
// multiStatements=true to take them, and SQLite x-no-tx-wrap for a rebuild.
func (golangMigrateFormat) Print(base string, d schema.Dialect, steps Steps) []Text {
	steps = unguarded(steps)
	head := ""
	switch {
	case d == schema.MySQL && len(steps) > 1:
		head = halfway + "The URL needs multiStatements=true.\n\n"
	case steps.Rebuilds():
		head = "-- The URL needs x-no-tx-wrap=true.\n\n"
	}
	return []Text{
		{base + ".up.sql", ended(head + bracketed(steps, body(steps, plainStatements), plainStatements))},
		{base + ".down.sql", ended(downBody(steps))},
	}
}

// unguarded makes the steps that PostgreSQL refuses to do in a transaction single statements: it takes several
// that come together for one.
func unguarded(steps Steps) Steps {
	out := slices.Clone(steps)
	for i, s := range out {
		if !s.Concurrent {
			continue
		}
		out[i].Up, out[i].Down = s.Up[len(s.Up)-1:], s.Down[len(s.Down)-1:]
		out[i].Comment = "Does not lock out writers. If it fails, drop what is left of the index, and set the version back with migrate force."
	}
	return out
}

// Read implements Formatter.
func (golangMigrateFormat) Read(dir fs.FS, d schema.Dialect, name string) (Script, error) {
	s := Script{File: name}
	var err error
	if s.Up, err = readSplit(dir, d, name); err != nil {
		return Script{}, err
	}
	s.Down, err = readSplit(dir, d, strings.TrimSuffix(name, ".up.sql")+".down.sql")
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return s, err
}
