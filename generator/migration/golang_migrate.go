package migration

import (
	"errors"
	"io/fs"
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
