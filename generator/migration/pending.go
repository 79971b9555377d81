package migration

import (
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
	Format   string   // of [Formats]; empty: the default
	// SchemaName is the PostgreSQL schema that has the tables; empty: the first of search_path.
	SchemaName string
	Extra      Steps // to run after the changes, in a migration without changes of its own
}

// File is a new migration: the SQL and its entry in the change log, which belong
// in one commit.
type File struct {
	Entry Entry
	SQL   []byte // content of Entry.Migration
	More  []Text // what the format needs besides
	Log   []byte // content of Entry.File
}

// Texts returns what goes into the folder of the migrations.
func (f *File) Texts() []Text { return append([]Text{{f.Entry.Migration, f.SQL}}, f.More...) }

// Pending returns the migrations that bring the log's schema to the target, none
// if there is nothing to do. They never drop anything; see [schema.Diff] for
// what is left over.
func Pending(log *Log, target schema.Schema, opts Options) ([]*File, error) {
	if err := checkRenames(log.schema, target); err != nil {
		return nil, err
	}
	return New(log, schema.Diff(log.schema, target, schema.DiffOptions{}).Changes, opts)
}

// New returns the migrations for given changes, destructive or not, none if they
// mean nothing to the dialect. There are several where some of the changes must
// not share a transaction with the others.
func New(log *Log, changes []schema.Change, opts Options) ([]*File, error) {
	format, err := log.accepts(opts)
	if err != nil {
		return nil, err
	}
	w := writer{log: log, format: format, options: opts, before: log.Schema(), existing: slices.Clone(opts.Existing)}
	for _, e := range log.Entries {
		w.existing = append(w.existing, e.Migration, e.File)
	}
	now, later := changes, []schema.Change(nil)
	if opts.Dialect == schema.Postgres {
		now, later = deferIndexes(w.before, changes)
	}
	if err := w.add(now, false); err != nil {
		return nil, err
	}
	for _, group := range groups(later, format) {
		if err := w.add(group, true); err != nil {
			return nil, err
		}
	}
	if err := w.addExtra(); err != nil {
		return nil, err
	}
	return w.files, nil
}

// groups divides changes that must not share a transaction: golang-migrate sends
// a file as one piece, which PostgreSQL takes for a transaction.
func groups(changes []schema.Change, format Formatter) [][]schema.Change {
	if len(changes) == 0 {
		return nil
	}
	if _, whole := format.(golangMigrateFormat); whole {
		return slices.Collect(slices.Chunk(changes, 1))
	}
	return [][]schema.Change{changes}
}

// writer writes migrations that follow each other.
type writer struct {
	log      *Log
	format   Formatter
	options  Options
	before   schema.Schema
	existing []string
	unsaid   []schema.Change // changes that mean nothing to the dialect; the next entry records them
	files    []*File
}

func (w *writer) add(changes []schema.Change, concurrently bool) error {
	steps, err := planAll(w.options.Dialect, w.before, changes, concurrently)
	if err != nil {
		return err
	}
	name := Name(w.before, changes)
	if w.before, err = schema.Apply(w.before, changes); err != nil {
		return err
	}
	changes = append(w.unsaid, changes...)
	w.unsaid = nil
	if len(steps) == 0 {
		if !slices.ContainsFunc(changes, renames) {
			w.unsaid = changes
			return nil
		}
		// The log has to know of it, or the field would be added again.
		steps = Steps{{Up: []string{"SELECT 1"}, Down: []string{"SELECT 1"},
			Comment: "Nothing changes in the database: fields have other names in " + LogDir + "."}}
	}
	if concurrently {
		name += "_index"
	}
	file, err := newFile(w.format, Version(w.options.Now, w.existing)+"_"+name, w.options, steps, changes, false)
	if err != nil {
		return err
	}
	w.files = append(w.files, file)
	w.existing = append(w.existing, file.Entry.Migration)
	return nil
}

// addExtra writes a migration that the log knows nothing of.
func (w *writer) addExtra() error {
	if len(w.options.Extra) == 0 {
		return nil
	}
	base := Version(w.options.Now, w.existing) + "_auth_collation"
	file, err := newFile(w.format, base, w.options, w.options.Extra, nil, false)
	if err == nil {
		w.files = append(w.files, file)
	}
	return err
}

// renames reports a change that only the log sees.
func renames(c schema.Change) bool { _, ok := c.(schema.RekeyColumn); return ok }

func newFile(format Formatter, base string, opts Options, steps Steps, changes []schema.Change, baseline bool) (*File, error) {
	texts := format.Print(base, opts.Dialect, steps)
	f := &File{
		SQL:  texts[0].Data,
		More: texts[1:],
		Entry: Entry{
			File:      path.Join(LogDir, base+".yaml"),
			Migration: texts[0].Name,
			Dialect:   opts.Dialect,
			Checksum:  Checksum(texts[0].Data),
			Baseline:  baseline,
			Changes:   changes,

			SchemaName: opts.SchemaName,
		},
	}
	if format != Formats()[0] {
		f.Entry.Format = format.Name()
	}
	var err error
	f.Log, err = EncodeEntry(f.Entry)
	return f, err
}
