package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pressly/goose/v3/lock"
)

// mysqlLock is a lock of the session, which MySQL lets go when the session ends,
// however it ends. goose offers a table with a lease instead: after a crash the
// next run would have to wait for its end.
type mysqlLock struct{}

var _ lock.SessionLocker = mysqlLock{}

// lockName is per database: MySQL's locks are of the server.
const lockName = "CONCAT('betterauth-gen:', SHA1(DATABASE()))"

// SessionLock implements lock.SessionLocker.
func (mysqlLock) SessionLock(ctx context.Context, conn *sql.Conn) error {
	var got sql.NullInt64
	err := conn.QueryRowContext(ctx, fmt.Sprintf("SELECT GET_LOCK(%s, %d)", lockName, lockSeconds)).Scan(&got)
	switch {
	case err != nil:
		return fmt.Errorf("wait for other runs: %w", err)
	case got.Int64 != 1:
		return fmt.Errorf("another run has been at work on this database for %d seconds", lockSeconds)
	}
	return mendVersionTable(ctx, conn)
}

// mendVersionTable adds the row that goose wants in the version table, where a run was cut short between making
// the one and the other: MySQL has no transaction for both.
func mendVersionTable(ctx context.Context, conn *sql.Conn) error {
	var exists, rows int
	err := conn.QueryRowContext(ctx, "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name = ?", VersionTable).Scan(&exists)
	if err == nil && exists > 0 {
		err = conn.QueryRowContext(ctx, "SELECT count(*) FROM "+VersionTable).Scan(&rows)
	}
	if err == nil && exists > 0 && rows == 0 {
		_, err = conn.ExecContext(ctx, "INSERT INTO "+VersionTable+" (version_id, is_applied) VALUES (0, true)")
	}
	if err != nil {
		return fmt.Errorf("look at the table %s: %w", VersionTable, err)
	}
	return nil
}

// SessionUnlock implements lock.SessionLocker.
func (mysqlLock) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	var released sql.NullInt64
	if err := conn.QueryRowContext(ctx, "SELECT RELEASE_LOCK("+lockName+")").Scan(&released); err != nil {
		return err
	}
	if released.Int64 != 1 {
		return errors.New("the lock was lost during the run")
	}
	return nil
}
