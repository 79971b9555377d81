package query_test

import (
	"context"
	"database/sql"
	"os"
	"strconv"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/schema"
	mysqlstore "github.com/betterauth-gen/betterauth-gen/templates/stores/mysql"
)

// TestPrepare has real databases parse every query, for tables with columns named like all reserved
// words anybody might think of.
func TestPrepare(t *testing.T) {
	for _, d := range schema.Dialects() {
		t.Run(d.String(), func(t *testing.T) {
			db := connect(t, d)
			files, err := query.Generate(t.Context(), appInput(t, d, reservedSchema(t)))
			if err != nil {
				t.Fatal(err)
			}
			load(t, db, string(files["schema.sql"]))
			texts, err := query.SQL(files)
			if err != nil {
				t.Fatal(err)
			}
			if len(texts) < 30 {
				t.Errorf("only %d queries", len(texts))
			}
			for name, text := range texts {
				if statement, err := db.PrepareContext(t.Context(), text); err != nil {
					t.Errorf("%s: %v", name, err)
				} else {
					_ = statement.Close()
				}
			}
		})
	}
}

// connect opens the dialect's test database with one connection.
func connect(t *testing.T, d schema.Dialect) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	switch d {
	case schema.Postgres:
		url := os.Getenv("TEST_POSTGRES_URL")
		if url == "" {
			t.Skip("no TEST_POSTGRES_URL")
		}
		db, err = sql.Open("pgx", url)
	case schema.MySQL:
		url := os.Getenv("TEST_MYSQL_URL")
		if url == "" {
			t.Skip("no TEST_MYSQL_URL")
		}
		db, err = mysqlstore.Open(t.Context(), url)
	}
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// load creates the tables, and drops them in the end.
func load(t *testing.T, db *sql.DB, ddl string) {
	t.Helper()
	t.Cleanup(func() {
		for _, table := range []string{"reserved_two_factor", "reserved_account", "reserved_verification", "reserved_session", "reserved_user"} {
			if _, err := db.ExecContext(context.Background(), "DROP TABLE IF EXISTS "+table); err != nil {
				t.Error(err)
			}
		}
	})
	for _, statement := range strings.SplitAfter(strings.TrimSpace(ddl), ";\n") {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%v\n%s", err, statement)
		}
	}
}

func reservedSchema(t *testing.T) schema.Schema {
	t.Helper()
	words, err := os.ReadFile("testdata/reserved.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := referenceSchema()
	for i, name := range []string{"user", "session", "account", "verification", "two_factor"} {
		s.Tables[i].Name = "reserved_" + name
	}
	for i, word := range strings.Fields(string(words)) {
		c := column("", "word"+strconv.Itoa(i), schema.String)
		c.Name = word
		s.Tables[1].Columns = append(s.Tables[1].Columns, c)
	}
	return s
}
