package main

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type postgres struct{ pool *pgxpool.Pool }

func openPostgres(ctx context.Context, dsn string) (database, error) {
	pool, err := pgxpool.New(ctx, dsn)
	return postgres{pool}, err
}

const (
	userColumns    = `u."id", u."name", u."email", u."emailVerified", u."image", u."createdAt", u."updatedAt"`
	sessionColumns = `s."id", s."expiresAt", s."token", s."createdAt", s."updatedAt", s."ipAddress", s."userAgent", s."userId"`

	selectSession    = `SELECT ` + sessionColumns + `, ` + userColumns + ` FROM "session" s JOIN "user" u ON u."id" = s."userId" WHERE s."token" = $1`
	selectCredential = `SELECT ` + userColumns + `, a."password" FROM "user" u JOIN "account" a ON a."userId" = u."id" WHERE u."email" = $1 AND a."providerId" = 'credential'`
	insertSession    = `INSERT INTO "session" ("id", "expiresAt", "token", "createdAt", "updatedAt", "ipAddress", "userAgent", "userId") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	insertUser       = `INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt") VALUES ($1, $2, $3, $4, $5, $6)`
	insertAccount    = `INSERT INTO "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt") VALUES ($1, $2, 'credential', $3, $4, $5, $6)`
)

// userFields and sessionFields are where the columns of those names go.
func userFields(u *user) []any {
	return []any{&u.ID, &u.Name, &u.Email, &u.EmailVerified, &u.Image, &u.CreatedAt.Time, &u.UpdatedAt.Time}
}

func sessionFields(s *session) []any {
	return []any{&s.ID, &s.ExpiresAt.Time, &s.Token, &s.CreatedAt.Time, &s.UpdatedAt.Time, &s.IPAddress, &s.UserAgent, &s.UserID}
}

func (p postgres) session(ctx context.Context, token string) (s session, u user, err error) {
	err = p.pool.QueryRow(ctx, selectSession, token).Scan(append(sessionFields(&s), userFields(&u)...)...)
	return s, u, err
}

func (p postgres) credential(ctx context.Context, email string) (u user, hash string, err error) {
	err = p.pool.QueryRow(ctx, selectCredential, email).Scan(append(userFields(&u), &hash)...)
	return u, hash, err
}

func (p postgres) insertSession(ctx context.Context, s session) error {
	_, err := p.pool.Exec(ctx, insertSession, sessionArguments(s)...)
	return err
}

func sessionArguments(s session) []any {
	return []any{s.ID, s.ExpiresAt.Time, s.Token, s.CreatedAt.Time, s.UpdatedAt.Time, s.IPAddress, s.UserAgent, s.UserID}
}

func (p postgres) signUp(ctx context.Context, u user, hash string, s session) error {
	return pgx.BeginFunc(ctx, p.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, insertUser, u.ID, u.Name, u.Email, u.EmailVerified, u.CreatedAt.Time, u.UpdatedAt.Time); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, insertAccount, text(), u.ID, u.ID, hash, u.CreatedAt.Time, u.UpdatedAt.Time); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, insertSession, sessionArguments(s)...)
		return err
	})
}
