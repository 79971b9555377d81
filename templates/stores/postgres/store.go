// Package store keeps the auth tables in PostgreSQL. store_gen.go has a method for each query in
// queries/.
package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/betterauth-gen/betterauth-gen/templates/stores/postgres/db"
)

// A Store runs the queries. It needs no closing besides that of its pool.
type Store struct {
	FieldFunctions
	pool *pgxpool.Pool
}

// New returns a store for a pool of Open.
func New(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }

// transactionOf is the context key of a store's transaction.
type transactionOf struct{ store *Store }

// InTx runs fn in a transaction, which fn's error or panic rolls back. Queries made with fn's context
// belong to it, and an InTx within joins it. After a failed statement PostgreSQL refuses all others
// of the transaction, so fn has to return the error.
func (s *Store) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if _, nested := ctx.Value(transactionOf{s}).(*db.Queries); nested {
		return fn(ctx)
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	// Without effect after Commit. The connection is needed again, even if the caller gave up.
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	if err := fn(context.WithValue(ctx, transactionOf{s}, db.New(tx))); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}

// queries returns the queries bound to the transaction of ctx, or to none.
func (s *Store) queries(ctx context.Context) *db.Queries {
	if q, ok := ctx.Value(transactionOf{s}).(*db.Queries); ok {
		return q
	}
	return db.New(s.pool)
}
