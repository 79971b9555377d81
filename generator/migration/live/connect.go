package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// errURL stands for any error in a URL: the original would quote the URL, and
// with it the password.
var errURL = errors.New("not a valid URL; characters of the password other than letters, digits and -._~" +
	" must be percent-encoded")

// Connect opens a database and makes sure it answers.
func Connect(ctx context.Context, d schema.Dialect, databaseURL string) (*sql.DB, error) {
	driver, dsn, err := dataSource(d, databaseURL)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		// A driver that rejects its own DSN may quote it.
		return nil, fmt.Errorf("connect to %s: the driver rejects the options", RedactURL(databaseURL))
	}
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("connect to %s: %w", RedactURL(databaseURL), err), db.Close())
	}
	return db, nil
}

// dataSource translates a DATABASE_URL into what the dialect's driver takes.
func dataSource(d schema.Dialect, databaseURL string) (driver, dsn string, err error) {
	scheme, _, _ := strings.Cut(databaseURL, ":")
	if !slices.Contains(schemes(d), scheme) {
		return "", "", fmt.Errorf("the URL of a %s database begins with %q", d, schemes(d)[0]+":")
	}
	switch d {
	case schema.Postgres:
		if _, ok := parseURL(databaseURL); !ok {
			return "", "", errURL
		}
		return "pgx", databaseURL, nil
	case schema.MySQL:
		dsn, err = mysqlDSN(databaseURL)
		return "mysql", dsn, err
	}
	return "sqlite", sqliteDSN(databaseURL), nil
}

func schemes(d schema.Dialect) []string {
	switch d {
	case schema.Postgres:
		return []string{"postgres", "postgresql"}
	case schema.MySQL:
		return []string{"mysql"}
	}
	return []string{"file"}
}

// sqliteDSN waits for other writers rather than failing at once. Foreign keys
// stay off, SQLite's default: replacing a table must not cascade.
func sqliteDSN(databaseURL string) string {
	separator := "?"
	if strings.Contains(databaseURL, "?") {
		separator = "&"
	}
	return databaseURL + separator + "_pragma=busy_timeout(10000)&_pragma=foreign_keys(0)&_txlock=immediate"
}

// mysqlDSN translates mysql://user:password@host:port/database?option=value.
// Times are read and written in UTC, and affected rows are matched rows.
func mysqlDSN(databaseURL string) (string, error) {
	u, ok := parseURL(databaseURL)
	if !ok || u.Host == "" {
		return "", errURL
	}
	base := mysql.NewConfig()
	base.Net = "tcp"
	base.Addr = u.Host
	base.DBName = strings.TrimPrefix(u.Path, "/")
	base.User = u.User.Username()
	base.Passwd, _ = u.User.Password()
	dsn := base.FormatDSN()
	if options := u.Query().Encode(); options != "" {
		separator := "?"
		if strings.Contains(dsn[strings.LastIndex(dsn, "/"):], "?") {
			separator = "&"
		}
		dsn += separator + options
	}
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		return "", errors.New("its options are not those of the MySQL driver")
	}
	cfg.ParseTime = true
	cfg.ClientFoundRows = true
	cfg.Loc = time.UTC
	if cfg.Params == nil {
		cfg.Params = map[string]string{}
	}
	cfg.Params["time_zone"] = "'+00:00'"
	return cfg.FormatDSN(), nil
}
