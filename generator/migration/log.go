package migration

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// LogDir is where the change log lives in the user's repository.
const LogDir = ".betterauth/changes"

// Log is the change log: one entry per migration, never edited afterwards. Its
// fold is the schema of a database that has all migrations applied.
type Log struct {
	Entries []Entry // by version
	schema  schema.Schema
	history []schema.Schema // after each entry
}

// Entry is one file of the log.
type Entry struct {
	File      string // path in the repository
	Migration string // file name of the SQL migration
	Dialect   schema.Dialect
	Checksum  string // of the SQL migration; see Checksum
	Format    string // of [Formats]; empty: the default
	// Baseline marks an entry for tables that were there before the log.
	Baseline bool
	Changes  []schema.Change
	// SchemaName is the PostgreSQL schema the migration was written for; empty: the first of search_path.
	SchemaName string
}

// Version is the number the file's name begins with.
func (e Entry) Version() int64 {
	digits, _, _ := strings.Cut(e.Migration, "_")
	return number(digits)
}

// Destroys reports whether an entry drops a table or a column with what it holds.
func (e Entry) Destroys() bool {
	return slices.ContainsFunc(e.Changes, func(c schema.Change) bool {
		switch c.(type) {
		case schema.DropTable, schema.DropColumn:
			return true
		}
		return false
	})
}

// tables returns the names of the tables an entry makes.
func (e Entry) tables() []string {
	var names []string
	for _, c := range e.Changes {
		if t, ok := c.(schema.AddTable); ok {
			names = append(names, t.Table.Name)
		}
	}
	return names
}

// ClashError reports a log entry that does not fit those before it, as happens
// when two branches each generated the same change and were merged.
type ClashError struct {
	File     string // the entry that does not fit
	Earlier  string // the last entry before it that changed the same thing, if any
	Conflict error
}

// Error implements error.
func (e *ClashError) Error() string {
	if e.Earlier == "" {
		return fmt.Sprintf("%s: %v", e.File, e.Conflict)
	}
	return fmt.Sprintf("%s clashes with %s: %v; if no database has applied it yet,"+
		" delete the later entry together with its migration and generate again", e.File, e.Earlier, e.Conflict)
}

// Unwrap returns the conflict.
func (e *ClashError) Unwrap() error { return e.Conflict }

// LoadLog reads LogDir from the root of the user's module and folds it. A missing
// directory is an empty log.
func LoadLog(root fs.FS) (*Log, error) {
	files, err := fs.ReadDir(root, LogDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read change log: %w", err)
	}
	log := &Log{}
	var problems []error
	for _, file := range files { // sorted by name
		if file.IsDir() || path.Ext(file.Name()) != ".yaml" {
			continue
		}
		entry, err := readEntry(root, path.Join(LogDir, file.Name()))
		if err != nil {
			problems = append(problems, err)
			continue
		}
		log.Entries = append(log.Entries, entry)
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	slices.SortStableFunc(log.Entries, func(a, b Entry) int { return cmp.Compare(a.Version(), b.Version()) })
	return log, log.fold()
}

func readEntry(root fs.FS, name string) (Entry, error) {
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return Entry{}, fmt.Errorf("read change log: %w", err)
	}
	entry, err := DecodeEntry(data)
	if err != nil {
		return Entry{}, fmt.Errorf("%s: %w", name, err)
	}
	entry.File = name
	return entry, nil
}

// fold applies all entries in order.
func (l *Log) fold() error {
	l.history = make([]schema.Schema, 0, len(l.Entries))
	for i, entry := range l.Entries {
		next, err := schema.Apply(l.schema, entry.Changes)
		if err != nil {
			return &ClashError{entry.File, l.earlier(i, err), err}
		}
		if first := l.Entries[0]; entry.Dialect != first.Dialect {
			return &ClashError{entry.File, first.File,
				fmt.Errorf("one is for %s, the other for %s", entry.Dialect, first.Dialect)}
		}
		l.schema = next
		l.history = append(l.history, next)
	}
	return nil
}

// earlier finds the entry before the i-th that last touched what conflicts.
func (l *Log) earlier(i int, err error) string {
	var conflict *schema.ConflictError
	if !errors.As(err, &conflict) {
		return ""
	}
	for _, entry := range slices.Backward(l.Entries[:i]) {
		for _, c := range entry.Changes {
			if touches(c.Subject(), conflict.Change.Subject()) {
				return entry.File
			}
		}
	}
	return ""
}

// touches reports whether a change of one subject can conflict with that of
// another: the same one, or the table it belongs to.
func touches(changed, subject string) bool {
	return changed == subject || strings.HasPrefix(subject, changed+".") || strings.HasPrefix(subject, changed+"(")
}

// Schema returns the fold.
func (l *Log) Schema() schema.Schema { return l.schema.Clone() }

// SchemaAfter returns the fold of the first n entries.
func (l *Log) SchemaAfter(n int) schema.Schema {
	if n == 0 {
		return schema.Schema{}
	}
	return l.history[n-1].Clone()
}

// With returns the log with one more entry.
func (l *Log) With(e Entry) (*Log, error) {
	out := &Log{Entries: append(slices.Clone(l.Entries), e)}
	return out, out.fold()
}

// Migrations returns the file names of the migrations, in order.
func (l *Log) Migrations() []string {
	names := make([]string, len(l.Entries))
	for i, entry := range l.Entries {
		names[i] = entry.Migration
	}
	return names
}

// Mismatch is a migration that is not what the log recorded.
type Mismatch struct {
	Entry   Entry
	Missing bool   // the file is gone; otherwise it was edited
	Actual  string // checksum of the edited file
}

// Mismatches compares the migrations in dir with their recorded checksums.
func (l *Log) Mismatches(root fs.FS, dir string) ([]Mismatch, error) {
	var out []Mismatch
	for _, entry := range l.Entries {
		data, err := fs.ReadFile(root, path.Join(dir, entry.Migration))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			out = append(out, Mismatch{Entry: entry, Missing: true})
		case err != nil:
			return nil, fmt.Errorf("read migration: %w", err)
		case Checksum(data) != entry.Checksum:
			out = append(out, Mismatch{Entry: entry, Actual: Checksum(data)})
		}
	}
	return out, nil
}

// Checksum identifies the content of a migration, whatever line endings the
// checkout has.
func Checksum(data []byte) string {
	sum := sha256.Sum256([]byte(strings.ReplaceAll(string(data), "\r\n", "\n")))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// EncodeEntry prints an entry as YAML.
func EncodeEntry(e Entry) ([]byte, error) {
	doc := entryDoc{Migration: e.Migration, Dialect: e.Dialect.String(), Checksum: e.Checksum, Format: e.Format, SchemaName: e.SchemaName, Baseline: e.Baseline}
	for _, c := range e.Changes {
		change, err := encodeChange(c)
		if err != nil {
			return nil, err
		}
		doc.Changes = append(doc.Changes, change)
	}
	return yaml.MarshalWithOptions(doc, yaml.IndentSequence(true))
}

// DecodeEntry reads what EncodeEntry printed. Unknown keys are errors: they may
// be changes of a newer version.
func DecodeEntry(data []byte) (Entry, error) {
	var doc entryDoc
	if err := yaml.UnmarshalWithOptions(data, &doc, yaml.Strict()); err != nil {
		return Entry{}, fmt.Errorf("not a change log entry: %w", err)
	}
	dialect, err := schema.ParseDialect(doc.Dialect)
	if err != nil {
		return Entry{}, err
	}
	if doc.Migration == "" || path.Base(doc.Migration) != doc.Migration {
		return Entry{}, fmt.Errorf("migration %q is not a file name", doc.Migration)
	}
	e := Entry{Migration: doc.Migration, Dialect: dialect, Checksum: doc.Checksum, Format: doc.Format, SchemaName: doc.SchemaName, Baseline: doc.Baseline}
	for i, d := range doc.Changes {
		c, err := d.decode()
		if err != nil {
			return Entry{}, fmt.Errorf("change %d: %w", i+1, err)
		}
		e.Changes = append(e.Changes, c)
	}
	return e, nil
}
