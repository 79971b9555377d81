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
	Mount     string // how a release of a framework that has no adapter mounts a handler of net/http
	Dialect   string // "" when no database driver is in use
}

// frameworks and drivers are recognised by their modules.
var (
	frameworks = map[string]string{
		"github.com/go-chi/chi/v5":    "chi",
		"github.com/gin-gonic/gin":    "gin",
		"github.com/labstack/echo/v5": "echo",
		"github.com/gofiber/fiber/v3": "fiber",
	}
	// earlier are releases for which there is no adapter.
	earlier = map[string]string{
		"github.com/labstack/echo/v4": `router.Any("/api/auth/*", echo.WrapHandler(server.Handler()))`,
		"github.com/gofiber/fiber/v2": `router.All("/api/auth/*", adaptor.HTTPHandler(server.Handler()))`,
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
		if line, ok := earlier[r.Mod.Path]; ok {
			d.Mount = line
		}
		if dialect, ok := drivers[r.Mod.Path]; ok && d.Dialect == "" {
			d.Dialect = dialect.String()
		}
	}
	return d, nil
}
