package schema

import (
	"fmt"
	"strings"
)

// Dialect is the SQL dialect a schema is rendered for.
type Dialect int

// The supported dialects. MySQL covers MariaDB.
const (
	SQLite Dialect = iota + 1
	Postgres
	MySQL
)

// Dialects lists every dialect in declaration order.
func Dialects() []Dialect { return []Dialect{SQLite, Postgres, MySQL} }

// ParseDialect reads the spelling used in betterauth.yaml.
func ParseDialect(s string) (Dialect, error) {
	names := make([]string, 0, len(Dialects()))
	for _, d := range Dialects() {
		if d.String() == s {
			return d, nil
		}
		names = append(names, d.String())
	}
	return 0, fmt.Errorf("unknown dialect %q (want one of %s)", s, strings.Join(names, ", "))
}

// String returns the spelling ParseDialect accepts.
func (d Dialect) String() string {
	switch d {
	case SQLite:
		return "sqlite"
	case Postgres:
		return "postgres"
	case MySQL:
		return "mysql"
	}
	return fmt.Sprintf("Dialect(%d)", int(d))
}
