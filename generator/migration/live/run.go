package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// direction is which way a migration runs.
type direction bool

const (
	up   direction = true
	down direction = false
)

func (d direction) of(s migration.Script) []string {
	if d == up {
		return s.Up
	}
	return s.Down
}

// errMeanwhile ends a migration that another runner has finished.
var errMeanwhile = errors.New("another run has done this meanwhile")

// StatementError says which statement of a migration failed, and what that means.
type StatementError struct {
	Number, Of int // counting from one
	Statement  string
	After      string // what became of the others, and how to go on
	Err        error
}

// Error implements error.
func (e *StatementError) Error() string {
	return fmt.Sprintf("statement %d of %d, %s, failed: %v%s; %s", e.Number, e.Of, brief(e.Statement), e.Err, detail(e.Err), e.After)
}

// Unwrap returns the database's error.
func (e *StatementError) Unwrap() error { return e.Err }

// detail is what PostgreSQL adds to a message: the values in question, and advice.
func detail(err error) string {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return ""
	}
	text := ""
	for _, more := range []string{e.Detail, e.Hint} {
		if more != "" {
			text += "; " + strings.TrimSuffix(more, ".")
		}
	}
	return text
}

// brief is the beginning of a statement.
func brief(statement string) string {
	const most = 72
	text := []rune(strings.Join(strings.Fields(statement), " "))
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}

// function wraps a direction of a script for goose. Where the database can, the
// statements and the record of the migration share a transaction.
func (m *Migrator) function(s migration.Script, way direction) *goose.GoFunc {
	statements, inside := s.Unbracketed(way.of(s))
	switch {
	case m.dialect == schema.MySQL:
		return &goose.GoFunc{RunDB: func(ctx context.Context, db *sql.DB) error {
			return m.onOne(ctx, db, func(conn *sql.Conn) error { return m.runMySQL(ctx, conn, s, way) })
		}}
	case inside:
		return &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			return m.runInside(ctx, tx, s, way, statements)
		}}
	}
	return &goose.GoFunc{RunDB: func(ctx context.Context, db *sql.DB) error {
		return m.onOne(ctx, db, func(conn *sql.Conn) error { return m.runOutside(ctx, conn, s, way, statements) })
	}}
}

// onOne runs f on one connection, for statements that depend on each other's
// session.
func (m *Migrator) onOne(ctx context.Context, db *sql.DB, f func(*sql.Conn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(conn), conn.Close())
}

// executor is a connection or a transaction.
type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// runInside runs statements in goose's transaction. On SQLite it is the lock,
// too: only now is it sure that no other run came first.
func (m *Migrator) runInside(ctx context.Context, tx *sql.Tx, s migration.Script, way direction, statements []string) error {
	if m.dialect == schema.SQLite {
		done, err := m.applied(ctx, tx, s.Version)
		if err != nil {
			return err
		}
		if done == bool(way) {
			return errMeanwhile
		}
	}
	if skip, err := m.skips(ctx, tx, s, way); err != nil || skip {
		return err
	}
	for i, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return &StatementError{i + 1, len(statements), statement, "nothing was changed", err}
		}
	}
	return nil
}

// runOutside runs statements each by itself. Ours can be run again after a
// failure.
func (m *Migrator) runOutside(ctx context.Context, conn *sql.Conn, s migration.Script, way direction, statements []string) error {
	if skip, err := m.skips(ctx, conn, s, way); err != nil || skip {
		return err
	}
	for i, statement := range statements {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return &StatementError{i + 1, len(statements), statement, "mend what it complains of and run this again: it begins anew", err}
		}
	}
	return nil
}

// applied reads whether a migration is recorded.
func (m *Migrator) applied(ctx context.Context, db executor, version int64) (bool, error) {
	var n int
	err := db.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM %s WHERE version_id = %d AND is_applied", VersionTable, version)).Scan(&n)
	return n > 0, err
}

// skips reports a baseline whose tables are there: it is recorded and not run.
func (m *Migrator) skips(ctx context.Context, db executor, s migration.Script, way direction) (bool, error) {
	if way == down {
		return false, nil
	}
	for _, table := range s.Baseline {
		exists, err := m.exists(ctx, db, table)
		if err != nil || exists {
			return exists, err
		}
	}
	return false, nil
}

// exists reports whether there is a table of that name in the current schema.
func (m *Migrator) exists(ctx context.Context, db executor, table string) (bool, error) {
	query := map[schema.Dialect]string{
		schema.SQLite:   "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?",
		schema.Postgres: "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1",
		schema.MySQL:    "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name = ?",
	}[m.dialect]
	var n int
	err := db.QueryRowContext(ctx, query, table).Scan(&n)
	return n > 0, err
}
