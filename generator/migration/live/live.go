// Package live runs migrations against a database, through goose as a library.
//
// Two runners at once are kept apart by an advisory lock on PostgreSQL and by a
// lock table on MySQL ([LockTable]). goose has no lock for SQLite: there the
// loser of a race fails on the first statement, in a transaction, and changes
// nothing.
package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// VersionTable records the applied migrations. It is not goose's default, so
// that migrations of the user's own, run by goose in the same database, keep
// their own count. On the command line: `goose -table betterauth_migrations`.
const VersionTable = "betterauth_migrations"

// LockTable is created on MySQL only, where goose locks with a row. The
// lock of a runner that died is free after thirty seconds.
const LockTable = "betterauth_migrations_lock"

// advisoryLock is the key of PostgreSQL's session lock: "betterau" in ASCII.
const advisoryLock int64 = 0x6265747465726175

// lockSeconds is how long to wait for another runner, asking every second.
const lockSeconds = 60

// Migrator applies the migrations of one directory to one database.
type Migrator struct {
	db       *sql.DB
	provider *goose.Provider // nil if there are no migrations
}

// Status is the state of one migration.
type Status struct {
	Version   int64
	File      string
	Applied   bool
	AppliedAt time.Time // zero unless applied
}

// Result is a migration that Up applied.
type Result struct {
	File     string
	Duration time.Duration
}

// Open connects to the database a DATABASE_URL names and reads the migrations at
// the root of dir. If only is not empty it lists the files to consider, which
// keeps migrations of the user's own out of ours. Errors never hold the password.
func Open(ctx context.Context, d schema.Dialect, databaseURL string, dir fs.FS, only ...string) (*Migrator, error) {
	db, err := Connect(ctx, d, databaseURL)
	if err != nil {
		return nil, err
	}
	m := &Migrator{db: db}
	m.provider, err = newProvider(d, db, dir, only)
	if err != nil && !errors.Is(err, goose.ErrNoMigrations) {
		return nil, errors.Join(fmt.Errorf("read migrations: %w", err), db.Close())
	}
	return m, nil
}

func newProvider(d schema.Dialect, db *sql.DB, dir fs.FS, only []string) (*goose.Provider, error) {
	options := []goose.ProviderOption{
		goose.WithTableName(VersionTable),
		goose.WithDisableGlobalRegistry(true),
		goose.WithLogger(goose.NopLogger()),
	}
	excluded, err := others(dir, only)
	if err != nil {
		return nil, err
	}
	options = append(options, goose.WithExcludeNames(excluded))
	switch d {
	case schema.Postgres:
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(advisoryLock), lock.WithLockTimeout(1, lockSeconds))
		if err != nil {
			return nil, err
		}
		return goose.NewProvider(goose.DialectPostgres, db, dir, append(options, goose.WithSessionLocker(locker))...)
	case schema.MySQL:
		locker, err := lock.NewMySQLTableLocker(lock.WithTableName(LockTable),
			lock.WithTableLockTimeout(time.Second, lockSeconds))
		if err != nil {
			return nil, err
		}
		return goose.NewProvider(goose.DialectMySQL, db, dir, append(options, goose.WithLocker(locker))...)
	}
	return goose.NewProvider(goose.DialectSQLite3, db, dir, options...)
}

// others returns the files of dir that only does not list.
func others(dir fs.FS, only []string) ([]string, error) {
	if len(only) == 0 {
		return nil, nil
	}
	files, err := fs.Glob(dir, "*.sql")
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(files, func(name string) bool { return slices.Contains(only, name) }), nil
}

// Close closes the connection.
func (m *Migrator) Close() error { return m.db.Close() }

// Status returns every migration in order. The first call creates the version
// table if there is none.
func (m *Migrator) Status(ctx context.Context) ([]Status, error) {
	if m.provider == nil {
		return nil, nil
	}
	found, err := m.provider.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("read migration status: %w", err)
	}
	out := make([]Status, len(found))
	for i, s := range found {
		out[i] = Status{
			Version:   s.Source.Version,
			File:      path.Base(s.Source.Path),
			Applied:   s.State == goose.StateApplied,
			AppliedAt: s.AppliedAt,
		}
	}
	return out, nil
}

// Pending returns the migrations that Up would apply.
func (m *Migrator) Pending(ctx context.Context) ([]Status, error) {
	all, err := m.Status(ctx)
	return slices.DeleteFunc(all, func(s Status) bool { return s.Applied }), err
}

// Up applies what is pending, in order, and stops at the first failure; the
// results are those applied until then. A pending migration older than an applied
// one is refused.
func (m *Migrator) Up(ctx context.Context) ([]Result, error) {
	if m.provider == nil {
		return nil, nil
	}
	applied, err := m.provider.Up(ctx)
	var partial *goose.PartialError
	if errors.As(err, &partial) {
		applied = partial.Applied
		err = fmt.Errorf("%s: %w", path.Base(partial.Failed.Source.Path), partial.Err)
	}
	results := make([]Result, len(applied))
	for i, r := range applied {
		results[i] = Result{path.Base(r.Source.Path), r.Duration}
	}
	if err != nil {
		return results, fmt.Errorf("apply migrations: %w", err)
	}
	return results, nil
}
