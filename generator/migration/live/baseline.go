package live

import (
	"context"
	"errors"
	"fmt"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Record notes the first n migrations as applied without running them. It is for
// a database that has what they make.
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
	tx, err := m.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	var results []Result
	for _, s := range all[:n] {
		if s.Applied {
			continue
		}
		if err := store.Insert(ctx, tx, database.InsertRequest{Version: s.Version}); err != nil {
			return nil, errors.Join(fmt.Errorf("record %s: %w", s.File, err), tx.Rollback())
		}
		results = append(results, Result{File: s.File})
	}
	return results, tx.Commit()
}
