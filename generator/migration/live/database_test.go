package live

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// serverEnv names the variables with the URL of a server on which tests may
// create databases.
var serverEnv = map[schema.Dialect]string{
	schema.Postgres: "TEST_POSTGRES_URL",
	schema.MySQL:    "TEST_MYSQL_URL",
}

// eachDialect runs a test on every database there is. With CI_SERVICES=1 a
// missing server is a failure, so that a green build means all three.
func eachDialect(t *testing.T, test func(*testing.T, schema.Dialect)) {
	for _, d := range schema.Dialects() {
		t.Run(d.String(), func(t *testing.T) {
			requireServer(t, d)
			test(t, d)
		})
	}
}

func requireServer(t *testing.T, d schema.Dialect) {
	t.Helper()
	name, ok := serverEnv[d]
	if !ok || os.Getenv(name) != "" {
		return
	}
	if os.Getenv("CI_SERVICES") == "1" {
		t.Fatalf("CI_SERVICES=1 but %s is not set", name)
	}
	t.Skipf("NOT TESTED on %s: set %s to the URL of a server", d, name)
}

var databases atomic.Int64

// freshDatabase returns the URL of an empty database that goes with the test.
func freshDatabase(t *testing.T, d schema.Dialect) string {
	t.Helper()
	n := databases.Add(1)
	if d == schema.SQLite {
		return "file:" + filepath.Join(t.TempDir(), fmt.Sprintf("auth%d.db", n))
	}
	server := os.Getenv(serverEnv[d])
	name := fmt.Sprintf("betterauth_test_%d_%d", os.Getpid(), n)
	admin := connect(t, d, server)
	run(t, admin, "CREATE DATABASE "+name)
	t.Cleanup(func() {
		if _, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal("the server URL does not parse")
	}
	u.Path = "/" + name
	return u.String()
}

func connect(t *testing.T, d schema.Dialect, databaseURL string) *sql.DB {
	t.Helper()
	db, err := Connect(t.Context(), d, databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func run(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// query returns the rows as text, columns joined by a bar.
func query(t *testing.T, db *sql.DB, statement string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), statement)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		text := make([]string, len(values))
		for i, v := range values {
			text[i] = v.String
			if !v.Valid {
				text[i] = "NULL"
			}
		}
		out = append(out, strings.Join(text, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// structure lists everything a database knows about its tables, without order.
func structure(t *testing.T, d schema.Dialect, db *sql.DB) string {
	t.Helper()
	var lines []string
	for _, statement := range structureQueries(d) {
		lines = append(lines, query(t, db, statement)...)
	}
	return strings.Join(lines, "\n")
}

func structureQueries(d schema.Dialect) []string {
	const ours = "NOT LIKE 'betterauth_migrations%'"
	switch d {
	case schema.Postgres:
		return []string{
			`SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
			 WHERE table_schema = 'public' AND table_name ` + ours + ` ORDER BY 1, 2`,
			`SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename ` + ours + ` AND indexname NOT LIKE '%_pkey' ORDER BY 1`,
			`SELECT conname, conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint
			 WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 1`,
		}
	case schema.MySQL:
		return []string{
			`SELECT table_name, column_name, column_type, is_nullable, column_default, collation_name FROM information_schema.columns
			 WHERE table_schema = database() AND table_name ` + ours + ` ORDER BY 1, 2`,
			// Indexes that MySQL makes for a foreign key are named after it.
			`SELECT table_name, index_name, non_unique, seq_in_index, column_name FROM information_schema.statistics
			 WHERE table_schema = database() AND table_name ` + ours + ` AND index_name NOT LIKE '%fkey' ORDER BY 1, 2, 4`,
			`SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name, r.delete_rule
			 FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r
			 ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
			 WHERE k.table_schema = database() ORDER BY 1, 2`,
		}
	}
	const tables = `FROM sqlite_schema m JOIN `
	const where = ` WHERE m.type = 'table' AND m.name ` + ours + ` AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2, 3, 4`
	return []string{
		`SELECT m.name, c.name, lower(c.type), c."notnull", c.dflt_value, c.pk ` + tables + `pragma_table_info(m.name) c` + where,
		`SELECT m.name, i.name, i."unique", x.seqno, x.name ` + tables + `pragma_index_list(m.name) i JOIN pragma_index_info(i.name) x` +
			strings.Replace(where, " ORDER", " AND i.origin <> 'pk' ORDER", 1),
		`SELECT m.name, f."from", f."table", f."to", f.on_delete ` + tables + `pragma_foreign_key_list(m.name) f` + where,
	}
}
