package migration

import (
	"fmt"
	"path"
	"slices"
	"time"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Options says how a new migration is written.
type Options struct {
	Dialect  schema.Dialect
	Now      time.Time
	Existing []string // files in the migrations directory, the user's own included
}

// File is a new migration: the SQL and its entry in the change log, which belong
// in one commit.
type File struct {
	Entry Entry
	SQL   []byte // content of Entry.Migration
	Log   []byte // content of Entry.File
}

// Pending returns the migration that brings the log's schema to the target, or
// nil if there is nothing to do. It never drops anything; see [schema.Diff] for
// what is left over.
func Pending(log *Log, target schema.Schema, opts Options) (*File, error) {
	delta := schema.Diff(log.schema, target, schema.DiffOptions{})
	return New(log, delta.Changes, opts)
}

// New returns the migration for given changes, destructive or not, or nil if
// they mean nothing to the dialect.
func New(log *Log, changes []schema.Change, opts Options) (*File, error) {
	if d, ok := log.Dialect(); ok && d != opts.Dialect {
		return nil, fmt.Errorf("the change log is for %s, not %s: to change the database, move %s and the migrations"+
			" away and start again", d, opts.Dialect, LogDir)
	}
	steps, err := Plan(opts.Dialect, log.schema, changes)
	if err != nil || len(steps) == 0 {
		return nil, err
	}
	existing := slices.Concat(opts.Existing, log.Migrations())
	for _, e := range log.Entries {
		existing = append(existing, e.File)
	}
	base := Version(opts.Now, existing) + "_" + Name(log.schema, changes)
	return newFile(base, opts.Dialect, steps, changes)
}

func newFile(base string, d schema.Dialect, steps Steps, changes []schema.Change) (*File, error) {
	sql := FormatGoose(d, steps)
	entry := Entry{
		File:      path.Join(LogDir, base+".yaml"),
		Migration: base + ".sql",
		Dialect:   d,
		Checksum:  Checksum(sql),
		Changes:   changes,
	}
	log, err := EncodeEntry(entry)
	if err != nil {
		return nil, err
	}
	return &File{entry, sql, log}, nil
}
