// Package store keeps the auth tables in SQLite. store_gen.go has a method for each query in queries/.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite/db"
)

// A Store runs the queries. It needs no closing besides that of its database.
type Store struct {
	FieldFunctions
	db        *sql.DB
	preparing sync.Mutex
	prepared  atomic.Pointer[db.Queries]
	ran       atomic.Int64
}

// New returns a store for a database of Open.
func New(database *sql.DB) *Store { return &Store{db: database} }

// transactionOf is the context key of a store's transaction.
type transactionOf struct{ store *Store }

// InTx runs fn in a transaction, which fn's error or panic rolls back. Queries made with fn's context
// belong to it, and an InTx within joins it. A transaction holds SQLite's one write lock from its
// beginning, so what it reads cannot change before it writes.
func (s *Store) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if _, nested := ctx.Value(transactionOf{s}).(*db.Queries); nested {
		return fn(ctx)
	}
	// Before the transaction, because preparing takes a connection and there may be just one.
	queries := s.statements(ctx)
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	if err := fn(context.WithValue(ctx, transactionOf{s}, queries.WithTx(tx))); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	return nil
}

// Statements returns how many statements have been run; the beginnings and ends of transactions do not
// count. Tests hold endpoints to the number they need.
func (s *Store) Statements() int64 { return s.ran.Load() }

// queries returns the queries bound to the transaction of ctx, or to none.
func (s *Store) queries(ctx context.Context) *db.Queries {
	s.ran.Add(1)
	if q, ok := ctx.Value(transactionOf{s}).(*db.Queries); ok {
		return q
	}
	return s.statements(ctx)
}

// statements returns the prepared queries, which run twice as fast. They cannot be prepared before
// the first migration has made the tables; until then each query is on its own.
func (s *Store) statements(ctx context.Context) *db.Queries {
	if q := s.prepared.Load(); q != nil {
		return q
	}
	s.preparing.Lock()
	defer s.preparing.Unlock()
	if q := s.prepared.Load(); q != nil {
		return q
	}
	q, err := db.Prepare(context.WithoutCancel(ctx), s.db)
	if err != nil {
		return db.New(s.db)
	}
	s.prepared.Store(q)
	return q
}
