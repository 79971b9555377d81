package live

import (
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestRedactURL(t *testing.T) {
	for in, want := range map[string]string{
		"postgres://u:hunter2@h:5432/db?sslmode=disable": "postgres://u:xxxxx@h:5432/db?sslmode=disable",
		"postgres://u@h/db":                               "postgres://u@h/db",
		"postgres://h/db?b=1&password=hunter2&a=2":        "postgres://h/db?b=1&password=xxxxx&a=2",
		"postgres://h/db?p%61ssword=hunter2":              "postgres://h/db?p%61ssword=xxxxx",
		"mysql://u:hunter2%40@h/db":                       "mysql://u:xxxxx@h/db",
		"postgres://u:hunter2/x@h/db":                     "postgres:xxxxx",
		"postgres://u:1#hunter2@h/db":                     "postgres:xxxxx",
		"postgres://u:1?hunter2@h/db":                     "postgres:xxxxx",
		"postgres://u:1/hunter2@h/db":                     "postgres:xxxxx",
		"mysql:u:hunter2@tcp(h)/db":                       "mysql:xxxxx",
		"u:hunter2@tcp(h)/db":                             "u:xxxxx",
		"host=h password=hunter2":                         "xxxxx",
		"host=h password=hunter2 options='-c a:b'":        "xxxxx",
		"file:auth.db":                                    "file:auth.db",
		"file:auth.db?_pragma=key('hunter2')&mode=memory": "file:auth.db?_pragma=xxxxx&mode=memory",
		"":                        "xxxxx",
		"postgres://u:hunter2%@h": "postgres:xxxxx",
	} {
		got := RedactURL(in)
		if got != want {
			t.Errorf("RedactURL(%q) = %q, want %q", in, got, want)
		}
		if strings.Contains(got, "hunter2") {
			t.Errorf("RedactURL(%q) shows the password", in)
		}
	}
}

// TestErrorsHideThePassword dials nobody: every URL is refused, or its host is.
func TestErrorsHideThePassword(t *testing.T) {
	for _, test := range []struct {
		dialect schema.Dialect
		url     string
	}{
		{schema.Postgres, "postgres://u:hunter2@127.0.0.1:1/db"},
		{schema.Postgres, "postgres://u:hunter2@127.0.0.1:1/db?sslmode=nonsense"},
		{schema.Postgres, "postgres://u:hunter2%@127.0.0.1:1/db"},
		{schema.Postgres, "postgres://u:1#hunter2@127.0.0.1:1/db"},
		{schema.Postgres, "mysql://u:hunter2@127.0.0.1:1/db"},
		{schema.MySQL, "mysql://u:hunter2@127.0.0.1:1/db"},
		{schema.MySQL, "mysql://u:hunter2@127.0.0.1:1/db?tls=nonsense"},
		{schema.MySQL, "mysql://u:hunter2@127.0.0.1:1/db?parseTime=hunter2"},
		{schema.MySQL, "u:hunter2@tcp(127.0.0.1:1)/db"},
		{schema.SQLite, "postgres://u:hunter2@127.0.0.1:1/db"},
		{schema.SQLite, "file:/nowhere/hunter.db?_pragma=key('hunter2')"},
	} {
		_, err := Connect(t.Context(), test.dialect, test.url)
		if err == nil {
			t.Errorf("%s: connected", test.url)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", test.url, err)
		}
	}
}

func TestMySQLDSN(t *testing.T) {
	dsn, err := mysqlDSN("mysql://us%2Fer:p%40%3A%2F%231@db.example.com/auth?tls=skip-verify&loc=Europe%2FBerlin&readTimeout=3s")
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.User != "us/er" || cfg.Passwd != "p@:/#1" || cfg.Addr != "db.example.com:3306" || cfg.DBName != "auth" {
		t.Errorf("DSN = %s", dsn)
	}
	if cfg.TLSConfig != "skip-verify" || cfg.ReadTimeout.String() != "3s" {
		t.Errorf("DSN = %s: options are lost", dsn)
	}
	if !cfg.ParseTime || !cfg.ClientFoundRows || cfg.Loc.String() != "UTC" || cfg.Params["time_zone"] != "'+00:00'" {
		t.Errorf("DSN = %s: what the queries rely on is missing", dsn)
	}
}
