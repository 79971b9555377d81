package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

const (
	maxConnections = 20
	// maxLifetime is shorter than the idle timeouts of servers and proxies, which close connections
	// without a word.
	maxLifetime = 3 * time.Minute
	defaultPort = "3306"
)

// errURL says no more, because any part of a URL that does not parse may be the password.
var errURL = errors.New("open database: the URL is not one of MySQL, want mysql://user:password@host:port/name")

// Open opens the database, such as "mysql://user:password@host:3306/name". The URL's parameter tls
// may be true, skip-verify or preferred.
func Open(ctx context.Context, databaseURL string) (*sql.DB, error) {
	config, err := parseURL(databaseURL)
	if err != nil {
		return nil, err
	}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	database := sql.OpenDB(connector)
	database.SetMaxOpenConns(maxConnections)
	database.SetMaxIdleConns(maxConnections)
	database.SetConnMaxLifetime(maxLifetime)
	if err := database.PingContext(ctx); err != nil {
		_ = database.Close()
		return nil, fmt.Errorf("open database: %w", err)
	}
	return database, nil
}

// parseURL turns the URL into the driver's configuration.
func parseURL(databaseURL string) (*mysql.Config, error) {
	u, err := url.Parse(databaseURL)
	if err != nil || u.Scheme != "mysql" || u.Hostname() == "" || len(u.Path) < 2 {
		return nil, errURL
	}
	config := mysql.NewConfig()
	config.User = u.User.Username()
	config.Passwd, _ = u.User.Password()
	config.Net, config.Addr = "tcp", address(u)
	config.DBName = strings.TrimPrefix(u.Path, "/")
	config.ParseTime, config.Loc = true, time.UTC
	config.ClientFoundRows = true   // an update that changes nothing has found its row all the same
	config.InterpolateParams = true // one round trip instead of two
	config.Params = map[string]string{
		"time_zone": "'+00:00'",                                   // timestamps are in the session's zone
		"sql_mode":  "CONCAT(@@sql_mode, ',STRICT_TRANS_TABLES')", // too long a value is an error, not cut off
	}
	for name, values := range u.Query() {
		if name != "tls" {
			return nil, fmt.Errorf("open database: unknown parameter %q in the URL", name)
		}
		config.TLSConfig = values[0]
	}
	return config, nil
}

func address(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = defaultPort
	}
	return net.JoinHostPort(u.Hostname(), port)
}
