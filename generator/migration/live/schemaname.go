package live

import (
	"context"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
)

// InSchema returns the URL of a PostgreSQL database with the tables in the given schema; an empty name is
// the first of search_path.
func InSchema(databaseURL, name string) string {
	u, err := url.Parse(databaseURL)
	if err != nil || name == "" {
		return databaseURL // Connect says what is wrong with it
	}
	query := u.Query()
	query.Set("search_path", pgx.Identifier{name}.Sanitize())
	u.RawQuery = query.Encode()
	return u.String()
}

// CreateSchema makes the current schema unless it is there: whoever may not create one can still use it.
func (m *Migrator) CreateSchema(ctx context.Context, name string) error {
	var exists bool
	if err := m.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)", name).Scan(&exists); err != nil {
		return fmt.Errorf("look for schema %s: %w", name, err)
	}
	if exists {
		return nil
	}
	if _, err := m.db.ExecContext(ctx, "CREATE SCHEMA "+pgx.Identifier{name}.Sanitize()); err != nil {
		return fmt.Errorf("create schema %s: %w", name, err)
	}
	return nil
}
