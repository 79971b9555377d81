package live

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// BaselineTable holds the versions that Record noted: what they make was there before, with the rows that somebody
// else put into it, and is not theirs to delete.
const BaselineTable = "betterauth_migrations_baseline"

// Record notes the first n migrations as applied without running them. It is for
// a database that has what they make. [Migrator.Down] does not take them back.
func (m *Migrator) Record(ctx context.Context, n int) ([]Result, error) {
	all, err := m.Status(ctx) // makes the version table
	if err != nil {
		return nil, err
	}
	dialect := map[schema.Dialect]database.Dialect{
		schema.SQLite: goose.DialectSQLite3, schema.Postgres: goose.DialectPostgres, schema.MySQL: goose.DialectMySQL,
	}[m.dialect]
	store, err := database.NewStore(dialect, VersionTable)
	if err != nil {
		return nil, err
	}
	// MySQL would end the transaction here, so it begins later.
	if _, err := m.db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS "+BaselineTable+" (version_id bigint NOT NULL PRIMARY KEY)"); err != nil {
		return nil, fmt.Errorf("make the table %s: %w", BaselineTable, err)
	}
	tx, err := m.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	var results []Result
	for _, s := range all[:n] {
		if s.Applied {
			continue
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (version_id) VALUES (%d)", BaselineTable, s.Version))
		if err == nil {
			err = store.Insert(ctx, tx, database.InsertRequest{Version: s.Version})
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("record %s: %w", s.File, err), tx.Rollback())
		}
		results = append(results, Result{File: s.File})
	}
	return results, tx.Commit()
}

// RecordedError reports a migration that was recorded, and cannot be taken back.
type RecordedError struct {
	File    string
	Version int64
}

// Error implements error.
func (e *RecordedError) Error() string {
	return fmt.Sprintf("%s was recorded by migrate baseline: what it makes was there before, and to take it back would delete that."+
		" If that is meant: DELETE FROM %s WHERE version_id = %d", e.File, BaselineTable, e.Version)
}

// recorded reads the versions that Record noted.
func (m *Migrator) recorded(ctx context.Context) (versions []int64, err error) {
	if exists, err := m.exists(ctx, m.db, BaselineTable); err != nil || !exists {
		return nil, err
	}
	rows, err := m.db.QueryContext(ctx, "SELECT version_id FROM "+BaselineTable)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var v int64
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		versions = append(versions, v)
	}
	return versions, rows.Err()
}

// Undoable reports as a [RecordedError] that one of the migrations is not to be taken back.
func (m *Migrator) Undoable(ctx context.Context, chosen []Status) error {
	versions, err := m.recorded(ctx)
	if err != nil {
		return fmt.Errorf("read what migrate baseline recorded: %w", err)
	}
	for _, s := range chosen {
		if slices.Contains(versions, s.Version) {
			return &RecordedError{s.File, s.Version}
		}
	}
	return nil
}
