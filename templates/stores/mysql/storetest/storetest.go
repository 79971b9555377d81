// Package storetest makes empty databases for tests, on the server TEST_MYSQL_URL names; without it,
// tests are skipped.
package storetest

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
	store "github.com/betterauth-gen/betterauth-gen/templates/stores/mysql"
)

// New returns a store on an empty database, which is dropped when the test ends.
func New(t testing.TB) *store.Store {
	t.Helper()
	server, err := url.Parse(os.Getenv("TEST_MYSQL_URL"))
	if err != nil || server.Host == "" {
		t.Skip("TEST_MYSQL_URL is not set")
	}
	name := "test_" + secure.Text(12, secure.LowerAlphanumeric)
	admin, err := store.Open(t.Context(), server.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin.Close() })
	if _, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+name+" CHARACTER SET utf8mb4"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = admin.Exec("DROP DATABASE " + name) })

	server.Path = "/" + name
	db, err := store.Open(t.Context(), server.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for statement := range strings.SplitSeq(store.Schema, ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return store.New(db)
}

// NewShared is New: requests always meet in this database.
func NewShared(t testing.TB) *store.Store {
	t.Helper()
	return New(t)
}
