package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// errURL says no more, because any part of a URL that does not parse may be the password.
var errURL = errors.New("open database: the URL is not one of PostgreSQL, want postgres://user:password@host:port/name")

// Open opens the database, such as "postgres://user:password@host:5432/name". The pool takes its
// settings, pool_max_conns for one, from the URL's parameters.
func Open(ctx context.Context, databaseURL string) (*pgxpool.Pool, error) {
	if databaseURL == "" {
		return nil, errURL // pgx would try the local server
	}
	config, err := pgxpool.ParseConfig(databaseURL)
	if err != nil {
		return nil, errURL
	}
	if schemaName != "" {
		config.ConnConfig.RuntimeParams["search_path"] = pgx.Identifier{schemaName}.Sanitize()
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("open database: %w", err)
	}
	return pool, nil
}
