package e2e_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
)

// serverURL names the variable with the address of a database server.
var serverURL = map[string]string{"postgres": "TEST_POSTGRES_URL", "mysql": "TEST_MYSQL_URL"}

// newDatabase makes an empty database and returns its URL. It is dropped when the test ends.
func newDatabase(t *testing.T, dialect string) string {
	t.Helper()
	if dialect == "sqlite" {
		return "file:" + filepath.Join(t.TempDir(), "auth.db")
	}
	server, err := url.Parse(os.Getenv(serverURL[dialect]))
	if err != nil {
		t.Fatal(err)
	}
	db := openServer(t, dialect, server)
	name := "e2e_" + strings.ToLower(rand.Text())
	create, drop := "CREATE DATABASE "+name, "DROP DATABASE "+name
	if dialect == "mysql" {
		create += " CHARACTER SET utf8mb4"
	} else {
		drop += " WITH (FORCE)"
	}
	if _, err := db.ExecContext(t.Context(), create); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.ExecContext(context.Background(), drop); err != nil {
			t.Error(err)
		}
		_ = db.Close()
	})
	server.Path = "/" + name
	return server.String()
}

// openServer connects to the database a URL names.
func openServer(t *testing.T, dialect string, at *url.URL) *sql.DB {
	t.Helper()
	driver, dsn := "pgx", at.String()
	if dialect == "mysql" {
		cfg := mysql.NewConfig()
		cfg.Net, cfg.Addr, cfg.DBName = "tcp", at.Host, strings.TrimPrefix(at.Path, "/")
		cfg.User = at.User.Username()
		cfg.Passwd, _ = at.User.Password()
		driver, dsn = "mysql", cfg.FormatDSN()
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	return db
}
