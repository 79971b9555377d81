package live

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"os"
	"syscall"
)

// dying makes connections that let so many writes pass and end the process in place of the next, the way a crash
// does. A write is whatever goes through Exec, and every commit: goose's records and locks included.
type dying struct {
	driver driver.Driver
	dsn    string
	writes *int // that may pass
}

// openDying opens a database like Connect.
func openDying(driverName, dsn string, writes int) (*sql.DB, error) {
	db, err := sql.Open(driverName, dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(dying{db.Driver(), dsn, &writes}), db.Close()
}

func (d dying) spend() {
	if *d.writes--; *d.writes < 0 {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

func (d dying) Driver() driver.Driver { return d.driver }

func (d dying) Connect(context.Context) (driver.Conn, error) {
	conn, err := d.driver.Open(d.dsn)
	if err != nil {
		return nil, err
	}
	return dyingConn{conn, d}, nil
}

type dyingConn struct {
	driver.Conn
	dying dying
}

func (c dyingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.dying.spend()
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

func (c dyingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c dyingConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.(driver.ConnBeginTx).BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	return dyingTx{tx, c.dying}, nil
}

func (c dyingConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	return c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
}

func (c dyingConn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.Conn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

type dyingTx struct {
	driver.Tx
	dying dying
}

func (t dyingTx) Commit() error {
	t.dying.spend()
	return t.Tx.Commit()
}
