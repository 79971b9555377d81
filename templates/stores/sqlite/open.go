package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// maxConnections bounds the connections of a file. Readers do not wait for the writer, but writers
// wait for each other and occupy a connection meanwhile.
const maxConnections = 16

// Open opens the database, such as "file:auth.db" or ":memory:". Parameters of the URL go before the
// settings made here.
func Open(ctx context.Context, databaseURL string) (*sql.DB, error) {
	if databaseURL == "" {
		return nil, errors.New("open database: the URL is empty, want one like file:auth.db")
	}
	database, err := sql.Open("sqlite", dataSource(databaseURL))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	limitConnections(database, databaseURL)
	if err := database.PingContext(ctx); err != nil {
		_ = database.Close()
		return nil, fmt.Errorf("open database: %w", err)
	}
	return database, nil
}

// dataSource adds the settings of every connection: readers and the writer do not block each other
// (WAL), which also makes NORMAL safe against corruption; references are checked; whoever finds the
// database locked waits; and transactions take the write lock at once, since taking it halfway may
// fail.
func dataSource(databaseURL string) string {
	file, params, _ := strings.Cut(databaseURL, "?")
	source := file + "?" + params
	for _, setting := range [][2]string{
		{"_pragma=busy_timeout", "(10000)"},
		{"_pragma=journal_mode", "(WAL)"},
		{"_pragma=synchronous", "(NORMAL)"},
		{"_pragma=foreign_keys", "(1)"},
		{"_txlock", "=immediate"},
	} {
		if !strings.Contains(params, setting[0]) {
			source += "&" + setting[0] + setting[1]
		}
	}
	return source
}

// limitConnections also keeps idle connections, with their prepared statements. In memory each
// connection would be a database of its own, so there is one, which stays.
func limitConnections(database *sql.DB, databaseURL string) {
	limit := maxConnections
	if strings.Contains(databaseURL, ":memory:") || strings.Contains(databaseURL, "mode=memory") {
		limit = 1
	}
	database.SetMaxOpenConns(limit)
	database.SetMaxIdleConns(limit)
}
