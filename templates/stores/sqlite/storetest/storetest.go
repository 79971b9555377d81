// Package storetest makes empty databases for tests.
package storetest

import (
	"testing"

	store "github.com/betterauth-gen/betterauth-gen/templates/stores/sqlite"
)

// New returns a store on an empty database in memory, which ends with the test.
func New(t testing.TB) *store.Store {
	t.Helper()
	return open(t, ":memory:")
}

// NewShared returns a store on a database that several connections use at the same time, as a server
// does, to see what requests do to each other.
func NewShared(t testing.TB) *store.Store {
	t.Helper()
	return open(t, "file:"+t.TempDir()+"/auth.db")
}

func open(t testing.TB, url string) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.ExecContext(t.Context(), store.Schema); err != nil {
		t.Fatal(err)
	}
	return store.New(db)
}
