// Package store keeps the auth tables in MySQL or MariaDB. store_gen.go has a method for each query
// in queries/.
package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/templates/stores/mysql/db"
)

// A Store runs the queries. It needs no closing besides that of its database.
type Store struct {
	FieldFunctions
	db *sql.DB
}

// New returns a store for a database of Open.
func New(database *sql.DB) *Store { return &Store{db: database} }

// transactionOf is the context key of a store's transaction.
type transactionOf struct{ store *Store }

// InTx runs fn in a transaction, which fn's error or panic rolls back. Queries made with fn's context
// belong to it, and an InTx within joins it.
func (s *Store) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if _, nested := ctx.Value(transactionOf{s}).(*db.Queries); nested {
		return fn(ctx)
	}
	// MySQL's own default also locks the gaps between rows, and two sign-ups at once can bring each
	// other down with that.
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	if err := fn(context.WithValue(ctx, transactionOf{s}, db.New(tx))); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}

// queries returns the queries bound to the transaction of ctx, or to none.
func (s *Store) queries(ctx context.Context) *db.Queries {
	if q, ok := ctx.Value(transactionOf{s}).(*db.Queries); ok {
		return q
	}
	return db.New(s.db)
}
