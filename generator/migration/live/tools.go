package live

import (
	"context"
	"fmt"
	"strconv"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// StatusOf returns the state of every migration as another tool records it. A
// database the tool has never seen has none applied.
func (m *Migrator) StatusOf(ctx context.Context, format string) ([]Status, error) {
	applied, err := m.versions(ctx, format)
	if err != nil {
		return nil, fmt.Errorf("read what %s has applied: %w", format, err)
	}
	out := make([]Status, len(m.scripts))
	for i, s := range m.scripts {
		out[i] = Status{Version: s.Version, File: s.File, Applied: applied(s.Version)}
	}
	return out, nil
}

// versions reads the table of golang-migrate, which holds the newest version, or
// that of Atlas, which has a row for each.
func (m *Migrator) versions(ctx context.Context, format string) (func(int64) bool, error) {
	none := func(int64) bool { return false }
	if format == "golang-migrate" {
		const table = "schema_migrations"
		if exists, err := m.exists(ctx, m.db, table); err != nil || !exists {
			return none, err
		}
		var newest int64
		err := m.db.QueryRowContext(ctx, "SELECT COALESCE(max(version), 0) FROM "+table+" WHERE NOT dirty").Scan(&newest)
		return func(v int64) bool { return v <= newest }, err
	}
	table := "atlas_schema_revisions"
	exists, err := m.exists(ctx, m.db, table)
	if err == nil && !exists && m.dialect == schema.Postgres { // unless the URL names a schema
		var n int
		err = m.db.QueryRowContext(ctx, "SELECT count(*) FROM information_schema.tables WHERE table_schema = $1 AND table_name = $1", table).Scan(&n)
		exists, table = n > 0, table+"."+table
	}
	if err != nil || !exists {
		return none, err
	}
	rows, err := m.db.QueryContext(ctx, "SELECT version FROM "+table+" WHERE applied = total")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	seen := map[int64]bool{}
	for rows.Next() {
		var version string
		if err := rows.Scan(&version); err != nil {
			return nil, err
		}
		if n, err := strconv.ParseInt(version, 10, 64); err == nil {
			seen[n] = true
		}
	}
	return func(v int64) bool { return seen[v] }, rows.Err()
}
