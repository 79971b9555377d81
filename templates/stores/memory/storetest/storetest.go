// Package storetest makes empty stores for tests.
package storetest

import (
	"testing"

	store "github.com/betterauth-gen/betterauth-gen/templates/stores/memory"
)

// New returns an empty store.
func New(t testing.TB) *store.Store {
	t.Helper()
	memory, err := store.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	return store.New(memory)
}

// NewShared returns a store that requests meet in. Every one is.
func NewShared(t testing.TB) *store.Store {
	t.Helper()
	return New(t)
}
