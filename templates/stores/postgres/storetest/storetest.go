// Package storetest makes empty databases for tests. They are schemas of the database TEST_POSTGRES_URL
// names; without it, tests are skipped.
package storetest

import (
	"context"
	"net/url"
	"os"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/postgres"
)

// New returns a store on an empty schema, which is dropped when the test ends.
func New(t testing.TB) *store.Store {
	t.Helper()
	server, err := url.Parse(os.Getenv("TEST_POSTGRES_URL"))
	if err != nil || server.Host == "" {
		t.Skip("TEST_POSTGRES_URL is not set")
	}
	name := "test_" + secure.Text(12, secure.LowerAlphanumeric)
	admin, err := store.Open(t.Context(), server.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(admin.Close)
	if _, err := admin.Exec(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = admin.Exec(context.WithoutCancel(t.Context()), "DROP SCHEMA "+name+" CASCADE") })

	query := server.Query()
	query.Set("search_path", name)
	server.RawQuery = query.Encode()
	db, err := store.Open(t.Context(), server.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	if _, err := db.Exec(t.Context(), store.Schema); err != nil {
		t.Fatal(err)
	}
	return store.New(db)
}

// NewShared is New: requests always meet in this database.
func NewShared(t testing.TB) *store.Store {
	t.Helper()
	return New(t)
}
