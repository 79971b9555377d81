package main

import (
	"context"
	"database/sql"
	"fmt"

	_ "modernc.org/sqlite" // the driver
)

// sqlite has its statements prepared, which halves what they cost.
type sqlite struct {
	db                                                       *sql.DB
	sessionOf, credentialOf, newSession, newUser, newAccount *sql.Stmt
}

func openSQLite(ctx context.Context, dsn string) (database, error) {
	db, err := sql.Open("sqlite", dsn+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	s := &sqlite{db: db}
	for statement, query := range map[**sql.Stmt]string{
		&s.sessionOf: selectSession, &s.credentialOf: selectCredential,
		&s.newSession: insertSession, &s.newUser: insertUser, &s.newAccount: insertAccount,
	} {
		if *statement, err = db.PrepareContext(ctx, query); err != nil {
			return nil, fmt.Errorf("prepare: %w", err)
		}
	}
	return s, nil
}

func (q *sqlite) session(ctx context.Context, token string) (s session, u user, err error) {
	err = q.sessionOf.QueryRowContext(ctx, token).Scan(append(sessionFields(&s), userFields(&u)...)...)
	return s, u, err
}

func (q *sqlite) credential(ctx context.Context, email string) (u user, hash string, err error) {
	err = q.credentialOf.QueryRowContext(ctx, email).Scan(append(userFields(&u), &hash)...)
	return u, hash, err
}

func (q *sqlite) insertSession(ctx context.Context, s session) error {
	_, err := q.newSession.ExecContext(ctx, asText(s)...)
	return err
}

func (q *sqlite) signUp(ctx context.Context, u user, hash string, s session) error {
	tx, err := q.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	created := u.CreatedAt.text()
	if _, err := tx.StmtContext(ctx, q.newUser).ExecContext(ctx, u.ID, u.Name, u.Email, u.EmailVerified, created, created); err != nil {
		return err
	}
	if _, err := tx.StmtContext(ctx, q.newAccount).ExecContext(ctx, text(), u.ID, u.ID, hash, created, created); err != nil {
		return err
	}
	if _, err := tx.StmtContext(ctx, q.newSession).ExecContext(ctx, asText(s)...); err != nil {
		return err
	}
	return tx.Commit()
}

// asText has dates as the protocol spells them: SQLite compares them as text.
func asText(s session) []any {
	return []any{s.ID, s.ExpiresAt.text(), s.Token, s.CreatedAt.text(), s.UpdatedAt.text(), s.IPAddress, s.UserAgent, s.UserID}
}
