package live

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sql-driver/mysql"

	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// ProgressTable holds how far a migration has come on MySQL, which commits every
// statement of a schema change. It has a row while one is under way or cut short.
const ProgressTable = "betterauth_migrations_progress"

// Stopped says where a migration was cut short.
type Stopped struct {
	Statement, Of int // counting from one
	Failed        bool
}

// progress is a row of ProgressTable.
type progress struct {
	isUp   bool
	at     int    // statements done
	sum    string // of the statements done
	failed bool   // the statement after them gave an error and changed nothing
}

// runMySQL runs a migration from where it was cut short, if it was.
func (m *Migrator) runMySQL(ctx context.Context, conn *sql.Conn, s migration.Script, way direction) error {
	if skip, err := m.skips(ctx, conn, s, way); err != nil || skip {
		return err
	}
	statements := way.of(s)
	p, resumed, err := m.resume(ctx, conn, s, way)
	if err != nil {
		return err
	}
	for i := p.at; i < len(statements); i++ {
		if err := m.save(ctx, conn, s.Version, progress{bool(way), i, sum(statements[:i]), false}); err != nil {
			return err
		}
		_, err := conn.ExecContext(ctx, statements[i])
		if resumed && i == p.at && !p.failed && isDone(err) {
			err = nil // it had taken effect before the run was cut short
		}
		if err != nil {
			failed := &StatementError{i + 1, len(statements), statements[i],
				"MySQL keeps what came before it. Mend what it complains of and run this again: it goes on with this statement", err}
			return errors.Join(failed, m.save(context.WithoutCancel(ctx), conn, s.Version, progress{bool(way), i, sum(statements[:i]), ctx.Err() == nil}))
		}
	}
	return m.save(ctx, conn, s.Version, progress{bool(way), len(statements), sum(statements), false})
}

// resume reads how far the migration came. A row of the other direction is of a
// run that came to its end.
func (m *Migrator) resume(ctx context.Context, conn *sql.Conn, s migration.Script, way direction) (p progress, resumed bool, err error) {
	_, err = conn.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS "+ProgressTable+
		" (version_id bigint NOT NULL PRIMARY KEY, is_up boolean NOT NULL, done int NOT NULL, sum char(64) NOT NULL, failed boolean NOT NULL)")
	if err != nil {
		return progress{}, false, fmt.Errorf("record progress: %w", err)
	}
	p, found, err := readProgress(ctx, conn, s.Version)
	if err != nil || !found || p.isUp != bool(way) {
		return progress{}, false, err
	}
	statements := way.of(s)
	if p.at > len(statements) || sum(statements[:p.at]) != p.sum {
		return progress{}, false, fmt.Errorf("an earlier run stopped after %d statements, and one of these was edited since; put it back,"+
			" or finish the migration by hand and record it: INSERT INTO %s (version_id, is_applied) VALUES (%d, true)", p.at, VersionTable, s.Version)
	}
	return p, true, nil
}

func readProgress(ctx context.Context, db executor, version int64) (p progress, found bool, err error) {
	err = db.QueryRowContext(ctx, "SELECT is_up, done, sum, failed FROM "+ProgressTable+" WHERE version_id = ?", version).
		Scan(&p.isUp, &p.at, &p.sum, &p.failed)
	if errors.Is(err, sql.ErrNoRows) {
		return progress{}, false, nil
	}
	return p, err == nil, err
}

func (m *Migrator) save(ctx context.Context, conn *sql.Conn, version int64, p progress) error {
	_, err := conn.ExecContext(ctx, "REPLACE INTO "+ProgressTable+" (version_id, is_up, done, sum, failed) VALUES (?, ?, ?, ?, ?)",
		version, p.isUp, p.at, p.sum, p.failed)
	if err != nil {
		return fmt.Errorf("record progress: %w", err)
	}
	return nil
}

// forget deletes what is recorded about migrations that came to their end.
func (m *Migrator) forget(ctx context.Context) error {
	exists, err := m.exists(ctx, m.db, ProgressTable)
	if err != nil || !exists {
		return err
	}
	_, err = m.db.ExecContext(ctx, fmt.Sprintf("DELETE FROM %[1]s WHERE is_up = EXISTS ("+
		"SELECT 1 FROM %[2]s v WHERE v.version_id = %[1]s.version_id AND v.is_applied)", ProgressTable, VersionTable))
	return err
}

// stopped reports where a migration that is not in the state of its end was cut
// short.
func (m *Migrator) stopped(ctx context.Context, s Status) (*Stopped, error) {
	if m.dialect != schema.MySQL {
		return nil, nil
	}
	if exists, err := m.exists(ctx, m.db, ProgressTable); err != nil || !exists {
		return nil, err
	}
	p, found, err := readProgress(ctx, m.db, s.Version)
	nothing := p.at == 0 && p.failed // was done: a way back that is refused, for instance
	if err != nil || !found || p.isUp == s.Applied || nothing {
		return nil, err
	}
	of := 0
	for _, script := range m.scripts {
		if script.Version == s.Version {
			of = len(direction(p.isUp).of(script))
		}
	}
	return &Stopped{Statement: p.at + 1, Of: of, Failed: p.failed}, nil
}

// halfDone reports a migration that has to come to its end first, in the
// direction in which it was cut short.
func (m *Migrator) halfDone(ctx context.Context, way direction) error {
	if m.dialect != schema.MySQL {
		return nil
	}
	all, err := m.Status(ctx)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Stopped == nil || s.Applied != bool(way) {
			continue
		}
		verb, command := "applying", "up"
		if s.Applied {
			verb, command = "taking back", "down"
		}
		return fmt.Errorf("%s %s stopped at statement %d of %d; run migrate %s first, which goes on there",
			verb, s.File, s.Stopped.Statement, s.Stopped.Of, command)
	}
	return nil
}

func sum(statements []string) string {
	digest := sha256.Sum256([]byte(strings.Join(statements, ";\n")))
	return hex.EncodeToString(digest[:])
}

// isDone reports the errors of MySQL and MariaDB for making what is there and
// dropping or renaming what is not.
func isDone(err error) bool {
	const (
		tableExists        = 1050
		unknownTable       = 1051
		unknownColumn      = 1054
		duplicateColumn    = 1060
		duplicateKey       = 1061
		cannotDrop         = 1091
		noSuchTable        = 1146
		keyDoesNotExist    = 1176
		duplicateForeign   = 1826
		cannotCreateTable  = 1005 // MariaDB, for a foreign key whose name is taken
		duplicateKeyOnDisk = 1022
	)
	var e *mysql.MySQLError
	return errors.As(err, &e) && slices.Contains([]uint16{
		tableExists, unknownTable, unknownColumn, duplicateColumn, duplicateKey, cannotDrop, noSuchTable,
		keyDoesNotExist, duplicateForeign, duplicateKeyOnDisk,
	}, e.Number) || errors.As(err, &e) && e.Number == cannotCreateTable && strings.Contains(e.Message, "121")
}
