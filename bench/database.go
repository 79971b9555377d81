package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // the driver

	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// prepareDatabase makes an empty database, has the application with all plugins migrate it, and fills
// it. All contenders work on it; columns a server does not know stay null.
func prepareDatabase(ctx context.Context, s settings, dialect string, list []contender) (databaseURL string, err error) {
	if dialect == "postgres" {
		databaseURL, err = recreatePostgres(ctx)
	} else {
		databaseURL, err = recreateSQLite(s)
	}
	if err != nil {
		return "", err
	}
	cli, err := filepath.Abs("bin/betterauth-gen")
	if err != nil {
		return "", err
	}
	migrate := exec.CommandContext(ctx, cli, "migrate", "up", "--yes")
	migrate.Dir, migrate.Env = withPlugins(list).app, append(os.Environ(), "DATABASE_URL="+databaseURL)
	if output, err := migrate.CombinedOutput(); err != nil {
		return "", fmt.Errorf("migrate: %w\n%s", err, output)
	}
	if dialect == redisBeside {
		if err := fillRedis(ctx); err != nil {
			return "", err
		}
	}
	return databaseURL, fill(ctx, dialect, databaseURL)
}

// withPlugins returns the last of the emitted applications.
func withPlugins(list []contender) contender {
	var last contender
	for _, c := range list {
		if c.app != "" {
			last = c
		}
	}
	return last
}

func recreatePostgres(ctx context.Context) (string, error) {
	server := os.Getenv("TEST_POSTGRES_URL")
	if server == "" {
		return "", errors.New(`TEST_POSTGRES_URL is not set: eval "$(scripts/services.sh env)"`)
	}
	connection, err := pgx.Connect(ctx, server)
	if err != nil {
		return "", err
	}
	defer func() { _ = connection.Close(ctx) }()
	for _, statement := range []string{`DROP DATABASE IF EXISTS betterauth_bench WITH (FORCE)`, `CREATE DATABASE betterauth_bench`} {
		if _, err := connection.Exec(ctx, statement); err != nil {
			return "", err
		}
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/betterauth_bench"
	return u.String(), nil
}

func recreateSQLite(s settings) (string, error) {
	file := filepath.Join(s.work, "bench.db")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.RemoveAll(file + suffix); err != nil {
			return "", err
		}
	}
	return "file:" + file, nil
}

// The rows of one user each; %s is the dialect's current time.
const (
	fillUsers    = `INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt") VALUES ($1, 'Somebody', $2, $3, %[1]s, %[1]s)`
	fillAccounts = `INSERT INTO "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt") VALUES ($1, $1, 'credential', $1, $2, %[1]s, %[1]s)`
	fillSessions = `INSERT INTO "session" ("id", "token", "userId", "expiresAt", "ipAddress", "userAgent", "createdAt", "updatedAt") VALUES ($1, $2, $1, %[2]s, '127.0.0.1', 'bench', %[1]s, %[1]s)`
)

// fill stores users, all with one password, and a session for each.
func fill(ctx context.Context, dialect, databaseURL string) error {
	hasher, err := secure.NewHasher(secure.Scrypt, secure.NewGate(secure.GateOptions{}))
	if err != nil {
		return err
	}
	hash, err := hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	run, commit, err := filler(ctx, dialect, databaseURL)
	if err != nil {
		return err
	}
	for i := range users {
		id := fmt.Sprint("user", i)
		err := errors.Join(
			run(fillUsers, id, id+"@example.com", false),
			run(fillAccounts, id, hash),
			run(fillSessions, id, tokenOf(i)))
		if err != nil {
			return err
		}
	}
	return commit()
}

// filler opens a transaction for fill.
func filler(ctx context.Context, dialect, databaseURL string) (run func(query string, arguments ...any) error, commit func() error, err error) {
	if dialect == "postgres" {
		connection, err := pgx.Connect(ctx, databaseURL)
		if err != nil {
			return nil, nil, err
		}
		tx, err := connection.Begin(ctx)
		run = func(query string, arguments ...any) error {
			_, err := tx.Exec(ctx, fmt.Sprintf(query, "now()", "now() + interval '7 days'"), arguments...)
			return err
		}
		commit = func() error { return errors.Join(tx.Commit(ctx), connection.Close(ctx)) }
		return run, commit, err
	}
	db, err := sql.Open("sqlite", databaseURL)
	if err != nil {
		return nil, nil, err
	}
	tx, err := db.BeginTx(ctx, nil)
	run = func(query string, arguments ...any) error {
		const format = `strftime('%Y-%m-%dT%H:%M:%fZ', 'now'`
		_, err := tx.ExecContext(ctx, fmt.Sprintf(query, format+")", format+", '7 days')"), arguments...)
		return err
	}
	commit = func() error { return errors.Join(tx.Commit(), db.Close()) }
	return run, commit, err
}
