// Package store keeps the auth tables in the memory of the process: the application has no database. What is here
// ends with the process, and other processes do not see it; sessions survive in cookies.
package store

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

var _ core.Store = (*Store)(nil)

// A Store reads and writes the rows of a Memory. It is safe for concurrent use.
type Store struct {
	memory *Memory
	ran    atomic.Int64
}

// New returns a store for a memory of Open.
func New(memory *Memory) *Store { return &Store{memory: memory} }

// Open returns an empty memory. Its parameters are those of stores with a database, so that nothing else in the
// application changes when it gets one; the URL means nothing here.
func Open(context.Context, string) (*Memory, error) { return newMemory(), nil }

// transactionOf is the context key of a store's transaction.
type transactionOf struct{ store *Store }

// A transaction keeps how to undo what was done in it.
type transaction struct {
	mu    sync.Mutex // for calls at once with one context
	ended bool
	undo  []func()
}

// onRollback adds a step back. A nil transaction is that of a single write, which is never undone.
func (tx *transaction) onRollback(undo func()) {
	if tx != nil {
		tx.undo = append(tx.undo, undo)
	}
}

// end makes later calls with the transaction's context calls without one.
func (tx *transaction) end(rollback bool) {
	tx.mu.Lock()
	defer tx.mu.Unlock()
	tx.ended = true
	for i := len(tx.undo) - 1; rollback && i >= 0; i-- {
		tx.undo[i]()
	}
}

// InTx runs fn in a transaction, which fn's error or panic rolls back. Queries made with fn's context belong to it,
// and an InTx within joins it. Until it ends nobody else reads or writes, so fn must not take its time.
func (s *Store) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if tx := s.join(ctx); tx != nil {
		tx.mu.Unlock()
		return fn(ctx)
	}
	s.memory.mu.Lock()
	defer s.memory.mu.Unlock()
	tx, done := &transaction{}, false
	defer func() { tx.end(!done) }()
	if err := fn(context.WithValue(ctx, transactionOf{s}, tx)); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	done = true
	return nil
}

// join returns the open transaction of ctx, locked; nil when there is none.
func (s *Store) join(ctx context.Context) *transaction {
	tx, ok := ctx.Value(transactionOf{s}).(*transaction)
	if !ok {
		return nil
	}
	tx.mu.Lock()
	if tx.ended {
		tx.mu.Unlock()
		return nil
	}
	return tx
}

// read runs a query while nothing changes, unless ctx has ended.
func read[T any](ctx context.Context, s *Store, query func(m *Memory) (T, error)) (T, error) {
	s.ran.Add(1)
	if err := ctx.Err(); err != nil {
		var none T
		return none, fmt.Errorf("read: %w", err)
	}
	if tx := s.join(ctx); tx != nil {
		defer tx.mu.Unlock()
	} else {
		s.memory.mu.RLock()
		defer s.memory.mu.RUnlock()
	}
	return query(s.memory)
}

// write makes a change, in a transaction if ctx has one, unless ctx has ended. It returns how many rows changed.
func (s *Store) write(ctx context.Context, change func(m *Memory, tx *transaction) (int64, error)) (int64, error) {
	s.ran.Add(1)
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("write: %w", err)
	}
	tx := s.join(ctx)
	if tx != nil {
		defer tx.mu.Unlock()
	} else {
		s.memory.mu.Lock()
		defer s.memory.mu.Unlock()
	}
	return change(s.memory, tx)
}

// insert is write for rows that are added.
func (s *Store) insert(ctx context.Context, add func(m *Memory, tx *transaction) error) error {
	_, err := s.write(ctx, func(m *Memory, tx *transaction) (int64, error) { return 1, add(m, tx) })
	return err
}

// Statements returns how many queries and changes have been made. Tests hold endpoints to the number they need.
func (s *Store) Statements() int64 { return s.ran.Load() }
