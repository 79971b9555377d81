// Package live works on a database: it runs migrations, through goose as a
// library, and looks at what tables there are.
//
// Two runners at once are kept apart by an advisory lock of the session on
// PostgreSQL and MySQL, which goes when its owner dies, and by the lock of the
// file on SQLite.
//
// A run that is cut short leaves nothing behind on PostgreSQL and SQLite, where
// a migration and the record that it was applied are one transaction. MySQL
// commits every statement; there each is recorded before and after (see
// [ProgressTable]), so that the next run goes on where this one stopped.
package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// VersionTable records the applied migrations. It is not goose's default, so
// that migrations of the user's own, run by goose in the same database, keep
// their own count. On the command line: `goose -table betterauth_migrations`.
const VersionTable = "betterauth_migrations"

// advisoryLock is the key of PostgreSQL's session lock: "betterau" in ASCII.
const advisoryLock int64 = 0x6265747465726175

// lockSeconds is how long to wait for another runner.
const lockSeconds = 60

// Migrator applies migrations to one database.
type Migrator struct {
	dialect  schema.Dialect
	db       *sql.DB
	scripts  []migration.Script
	provider *goose.Provider // nil if there are no migrations
}

// Status is the state of one migration.
type Status struct {
	Version   int64
	File      string
	Applied   bool
	AppliedAt time.Time // zero unless applied
	Stopped   *Stopped  // where a run was cut short, on MySQL
}

// Result is a migration that was applied, or taken back.
type Result struct {
	File     string
	Duration time.Duration
}

// Open connects to the database a DATABASE_URL names. Errors never hold the
// password.
func Open(ctx context.Context, d schema.Dialect, databaseURL string, scripts []migration.Script) (*Migrator, error) {
	db, err := Connect(ctx, d, databaseURL)
	if err != nil {
		return nil, err
	}
	m, err := newMigrator(d, db, scripts)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return m, nil
}

// newMigrator returns a Migrator that closes the database when it is closed.
func newMigrator(d schema.Dialect, db *sql.DB, scripts []migration.Script) (*Migrator, error) {
	m := &Migrator{dialect: d, db: db, scripts: scripts}
	if len(scripts) == 0 {
		return m, nil
	}
	var err error
	if m.provider, err = m.newProvider(); err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return m, nil
}

func (m *Migrator) newProvider() (*goose.Provider, error) {
	migrations := make([]*goose.Migration, len(m.scripts))
	for i, s := range m.scripts {
		migrations[i] = goose.NewGoMigration(s.Version, m.function(s, up), m.function(s, down))
	}
	options := []goose.ProviderOption{
		goose.WithTableName(VersionTable),
		goose.WithDisableGlobalRegistry(true),
		goose.WithLogger(goose.NopLogger()),
		goose.WithGoMigrations(migrations...),
	}
	switch m.dialect {
	case schema.Postgres:
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(advisoryLock), lock.WithLockTimeout(1, lockSeconds))
		if err != nil {
			return nil, err
		}
		return goose.NewProvider(goose.DialectPostgres, m.db, nil, append(options, goose.WithSessionLocker(locker))...)
	case schema.MySQL:
		return goose.NewProvider(goose.DialectMySQL, m.db, nil, append(options, goose.WithSessionLocker(mysqlLock{}))...)
	}
	return goose.NewProvider(goose.DialectSQLite3, m.db, nil, options...)
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
			File:      m.file(s.Source.Version),
			Applied:   s.State == goose.StateApplied,
			AppliedAt: s.AppliedAt,
		}
		if out[i].Stopped, err = m.stopped(ctx, out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// file returns the name of the migration with a version.
func (m *Migrator) file(version int64) string {
	for _, s := range m.scripts {
		if s.Version == version {
			return s.File
		}
	}
	return fmt.Sprintf("version %d", version)
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
	if err := m.halfDone(ctx, up); err != nil {
		return nil, err
	}
	var results []Result
	for {
		applied, err := m.provider.Up(ctx)
		if err == nil && m.dialect == schema.MySQL {
			err = m.forget(ctx)
		}
		results = append(results, m.results(applied, err)...)
		if errors.Is(err, errMeanwhile) {
			continue // see what is left
		}
		return results, m.explain("apply", err)
	}
}

// Down takes back the n newest of the migrations that are applied, newest first.
// What the database records and no file describes stays. Where one of them was there before the migrations, none is.
func (m *Migrator) Down(ctx context.Context, n int) ([]Result, error) {
	if err := m.halfDone(ctx, down); err != nil {
		return nil, err
	}
	all, err := m.Status(ctx)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(s Status) bool { return !s.Applied })
	slices.Reverse(all)
	all = all[:min(n, len(all))]
	if err := m.Undoable(ctx, all); err != nil {
		return nil, err
	}
	var results []Result
	for _, s := range all {
		r, err := m.provider.ApplyVersion(ctx, s.Version, bool(down))
		if err == nil && m.dialect == schema.MySQL {
			err = m.forget(ctx)
		}
		if err != nil {
			return results, m.explain("take back", err)
		}
		results = append(results, Result{m.file(r.Source.Version), r.Duration})
	}
	return results, nil
}

func (m *Migrator) results(applied []*goose.MigrationResult, err error) []Result {
	var partial *goose.PartialError
	if errors.As(err, &partial) {
		applied = partial.Applied
	}
	results := make([]Result, len(applied))
	for i, r := range applied {
		results[i] = Result{m.file(r.Source.Version), r.Duration}
	}
	return results
}

// explain names the file that failed.
func (m *Migrator) explain(what string, err error) error {
	var partial *goose.PartialError
	if errors.As(err, &partial) {
		err = fmt.Errorf("%s: %w", m.file(partial.Failed.Source.Version), partial.Err)
	}
	if err != nil {
		return fmt.Errorf("%s migrations: %w", what, err)
	}
	return nil
}
