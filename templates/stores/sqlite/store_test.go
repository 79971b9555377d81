package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// newStore opens a database with the tables in schema.sql.
func newStore(t *testing.T, url string) *Store {
	t.Helper()
	database, err := Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := database.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	s := New(database)
	if _, err := s.VerificationByIdentifier(t.Context(), "x"); err == nil || errors.Is(err, model.ErrNotFound) {
		t.Fatalf("before the migration: %v", err)
	}
	tables, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := database.ExecContext(t.Context(), string(tables)); err != nil {
		t.Fatal(err)
	}
	return s
}

func verification(id string) *model.Verification {
	now := model.NewTime(time.Now())
	return &model.Verification{ID: id, Identifier: id, Value: "v", ExpiresAt: now, CreatedAt: now, UpdatedAt: now}
}

func exists(t *testing.T, s *Store, ctx context.Context, id string) bool {
	t.Helper()
	_, err := s.VerificationByIdentifier(ctx, id)
	if err != nil && !errors.Is(err, model.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func TestInTx(t *testing.T) {
	s := newStore(t, ":memory:")
	ctx := t.Context()
	failure := errors.New("changed my mind")

	err := s.InTx(ctx, func(ctx context.Context) error {
		if err := s.InTx(ctx, func(ctx context.Context) error { return s.InsertVerification(ctx, verification("nested")) }); err != nil {
			t.Error(err)
		}
		if !exists(t, s, ctx, "nested") {
			t.Error("the transaction does not see its own row")
		}
		return failure
	})
	if !errors.Is(err, failure) || exists(t, s, ctx, "nested") {
		t.Errorf("not rolled back: %v", err)
	}

	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = s.InTx(ctx, func(ctx context.Context) error {
			if err := s.InsertVerification(ctx, verification("panic")); err != nil {
				t.Error(err)
			}
			panic("in a transaction")
		})
	}()
	if exists(t, s, ctx, "panic") {
		t.Error("a panic does not roll back")
	}

	if err := s.InTx(ctx, func(ctx context.Context) error { return s.InsertVerification(ctx, verification("kept")) }); err != nil {
		t.Fatal(err)
	}
	if !exists(t, s, ctx, "kept") {
		t.Error("not committed")
	}
}

// TestOtherStore checks that a transaction belongs to its store.
func TestOtherStore(t *testing.T) {
	one, other := newStore(t, ":memory:"), newStore(t, ":memory:")
	err := one.InTx(t.Context(), func(ctx context.Context) error { return other.InsertVerification(ctx, verification("x")) })
	if err != nil || exists(t, one, t.Context(), "x") || !exists(t, other, t.Context(), "x") {
		t.Errorf("row went to the wrong store: %v", err)
	}
}

func TestErrors(t *testing.T) {
	s := newStore(t, ":memory:")
	if err := s.ReserveVerification(t.Context(), verification("v")); err != nil {
		t.Fatal(err)
	}
	if err := s.ReserveVerification(t.Context(), verification("v")); !errors.Is(err, model.ErrConflict) {
		t.Errorf("got %v, want ErrConflict", err)
	}
	_, err := s.VerificationByIdentifier(t.Context(), "nobody")
	if !errors.Is(err, model.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

// TestConcurrentWriters has writers wait for each other instead of failing, and lets each value be
// used up once.
func TestConcurrentWriters(t *testing.T) {
	s := newStore(t, "file:"+filepath.Join(t.TempDir(), "auth.db"))
	const workers, rows = 8, 20
	var wg sync.WaitGroup
	var mu sync.Mutex
	used := 0
	for w := range workers {
		wg.Go(func() {
			for i := range rows {
				if w == 0 {
					if err := s.InsertVerification(t.Context(), verification(fmt.Sprint("other", i))); err != nil {
						t.Error(err)
					}
				}
				err := s.InTx(t.Context(), func(ctx context.Context) error {
					if !exists(t, s, ctx, fmt.Sprint("v", i)) && w == 1 {
						return s.InsertVerification(ctx, verification(fmt.Sprint("v", i)))
					}
					n, err := s.DeleteVerificationsByIdentifier(ctx, fmt.Sprint("v", i))
					mu.Lock()
					used += int(n)
					mu.Unlock()
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for i := range rows {
		n, err := s.DeleteVerificationsByIdentifier(t.Context(), fmt.Sprint("v", i))
		if err != nil {
			t.Error(err)
		}
		used += int(n)
	}
	if used != rows {
		t.Errorf("%d values used, want %d", used, rows)
	}
}

func TestOpen(t *testing.T) {
	if _, err := Open(t.Context(), ""); err == nil {
		t.Error("an empty URL is accepted")
	}
	if _, err := Open(t.Context(), "file:"+filepath.Join(t.TempDir(), "missing", "auth.db")); err == nil {
		t.Error("a file in no folder is opened")
	}
	database, err := Open(t.Context(), "file:"+filepath.Join(t.TempDir(), "auth.db")+"?_pragma=busy_timeout(77)&_pragma=synchronous(FULL)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = database.Close() }()
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "foreign_keys": "1", "synchronous": "2", "busy_timeout": "77",
	} {
		var got string
		if err := database.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, %v; want %s", pragma, got, err, want)
		}
	}
}
