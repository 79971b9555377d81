package core

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// Store is what the flows need of the database. Package store implements it with the queries of
// store/queries/core.sql: each method but InTx is the query of the same name.
//
// Reads of one row return an error that is model.ErrNotFound when there is none; writes that return
// a number return how many rows they changed. Where the database makes ids, inserts set that of the row.
type Store interface {
	// InTx runs fn in a transaction. Calls made with fn's context belong to it; a nested InTx joins it.
	InTx(ctx context.Context, fn func(ctx context.Context) error) error

	UserByID(ctx context.Context, id string) (*model.User, error)
	UserByEmail(ctx context.Context, email string) (*model.User, error)
	// UserForUpdate locks the row until the transaction ends.
	UserForUpdate(ctx context.Context, id string) (*model.User, error)
	InsertUser(ctx context.Context, user *model.User) error
	UpdateUser(ctx context.Context, user *model.User) (int64, error)
	DeleteUser(ctx context.Context, id string) (int64, error)

	// SessionByToken returns the session and its user in one statement.
	SessionByToken(ctx context.Context, token string) (*model.Session, *model.User, error)
	SessionsByUser(ctx context.Context, userID string) ([]model.Session, error)
	InsertSession(ctx context.Context, session *model.Session) error
	UpdateSession(ctx context.Context, session *model.Session) (int64, error)
	DeleteSession(ctx context.Context, token string) (int64, error)
	DeleteOtherSessions(ctx context.Context, userID, token string) (int64, error)

	AccountsByUser(ctx context.Context, userID string) ([]model.Account, error)
	CredentialAccount(ctx context.Context, userID string) (*model.Account, error)
	// CredentialByEmail returns a user with the account that holds its password in one statement.
	// A user without such an account is not found, nor one with too many failed guesses: see Failures.
	CredentialByEmail(ctx context.Context, email, address string, now model.Time, failures int64) (*model.User, *model.Account, error)
	// UnlockedCredential is CredentialAccount unless that many values under identifier have not expired.
	UnlockedCredential(ctx context.Context, userID, identifier string, now model.Time, failures int64) (*model.Account, error)
	AccountByID(ctx context.Context, id string) (*model.Account, error)
	// AccountOwner returns the account a provider knows by accountID and its user in one statement. It is
	// not found when its user is gone, or when several rows claim to be it: AccountsByKey tells.
	AccountOwner(ctx context.Context, providerID, accountID string) (*model.Account, *model.User, error)
	// AccountsByKey returns at most two rows.
	AccountsByKey(ctx context.Context, providerID, accountID string) ([]model.Account, error)
	InsertAccount(ctx context.Context, account *model.Account) error
	UpdateAccount(ctx context.Context, account *model.Account) (int64, error)
	DeleteAccount(ctx context.Context, id string) (int64, error)
	SetAccountPassword(ctx context.Context, id string, password *string, updatedAt model.Time) (int64, error)
	DeleteAccountsByUser(ctx context.Context, userID string) (int64, error)

	InsertVerification(ctx context.Context, verification *model.Verification) error
	// ReserveVerification inserts a row with the id it has, whoever makes ids otherwise.
	ReserveVerification(ctx context.Context, verification *model.Verification) error
	// VerificationByIdentifier returns the newest row.
	VerificationByIdentifier(ctx context.Context, identifier string) (*model.Verification, error)
	// CountVerifications counts those that have not expired.
	CountVerifications(ctx context.Context, identifier string, now model.Time) (int64, error)
	DeleteVerification(ctx context.Context, id string) (int64, error)
	DeleteVerificationsByIdentifier(ctx context.Context, identifier string) (int64, error)
	DeleteExpiredVerifications(ctx context.Context, now model.Time) (int64, error)
}

// found turns a row that is not there into nil without an error.
func found[T any](row *T, err error) (*T, error) {
	if errors.Is(err, model.ErrNotFound) {
		return nil, nil
	}
	return row, err
}

// isStorable reports that a row can hold text. What a client sends as a token need not be: PostgreSQL fails on a NUL, or
// on bytes that are not UTF-8, even in a query that could find nothing.
func isStorable(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }
