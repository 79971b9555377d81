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
	if err == nil && got.Int64 != 1 {
		return fmt.Errorf("another run has been at work on this database for %d seconds", lockSeconds)
	}
	return err
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
