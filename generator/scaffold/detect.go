// Package scaffold makes the files that init adds to a repository once: the configuration, the
// environment and, in an empty folder, a program around the auth server.
package scaffold

import (
	"golang.org/x/mod/modfile"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Detected is what a repository already uses.
type Detected struct {
	Module    string // module path; "" without a go.mod
	Framework string // "chi", "gin", "echo", "fiber", or "nethttp"
	Dialect   string // "" when no database driver is in use
}

// frameworks and drivers are recognised by their modules.
var (
	frameworks = map[string]string{
		"github.com/go-chi/chi/v5":    "chi",
		"github.com/gin-gonic/gin":    "gin",
		"github.com/labstack/echo/v4": "echo",
		"github.com/labstack/echo/v5": "echo",
		"github.com/gofiber/fiber/v2": "fiber",
		"github.com/gofiber/fiber/v3": "fiber",
	}
	drivers = map[string]schema.Dialect{
		"github.com/jackc/pgx/v5":        schema.Postgres,
		"github.com/jackc/pgx/v4":        schema.Postgres,
		"github.com/lib/pq":              schema.Postgres,
		"github.com/go-sql-driver/mysql": schema.MySQL,
		"modernc.org/sqlite":             schema.SQLite,
		"github.com/mattn/go-sqlite3":    schema.SQLite,
		"github.com/ncruces/go-sqlite3":  schema.SQLite,
	}
)

// Detect reads a go.mod. Only direct requirements count: what a dependency uses says nothing.
func Detect(mod []byte) (Detected, error) {
	d := Detected{Framework: "nethttp"}
	if mod == nil {
		return d, nil
	}
	f, err := modfile.Parse("go.mod", mod, nil)
	if err != nil {
		return d, err
	}
	if f.Module != nil {
		d.Module = f.Module.Mod.Path
	}
	for _, r := range f.Require {
		if r.Indirect {
			continue
		}
		if name, ok := frameworks[r.Mod.Path]; ok {
			d.Framework = name
		}
		if dialect, ok := drivers[r.Mod.Path]; ok && d.Dialect == "" {
			d.Dialect = dialect.String()
		}
	}
	return d, nil
}
