package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/joho/godotenv"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/migration/live"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// target is where migrations go, and what they are.
type target struct {
	dialect schema.Dialect
	url     string
	shown   string // url as it may be printed
	config  config.MigrationOptions
	format  migration.Formatter
	log     *migration.Log
	scripts []migration.Script

	schemaName string // of PostgreSQL; "" is the first of search_path
}

// openTarget finds the project and reads its migrations.
func (a *App) openTarget() (target, error) {
	ws, root, err := a.openProject()
	if err != nil {
		return target{}, err
	}
	defer func() { _ = ws.Close() }()
	return a.target(ws, root)
}

// target reads from the configuration and the environment where migrations go.
func (a *App) target(ws *workspace.Dir, root string) (target, error) {
	t, err := a.destination(ws, root)
	if err != nil {
		return target{}, err
	}
	if t.log, err = migration.LoadLog(ws.FS()); err != nil {
		return target{}, err
	}
	if len(t.log.Entries) == 0 {
		return target{}, errors.New("there are no migrations yet; run betterauth-gen generate first")
	}
	fits := migration.Options{Dialect: t.dialect, Format: t.config.Format, SchemaName: t.schemaName}
	if err := t.log.Fits(fits); err != nil {
		return target{}, err
	}
	if err := a.compare(t, ws.FS()); err != nil {
		return target{}, err
	}
	dir, err := fs.Sub(ws.FS(), t.config.Dir)
	if err != nil {
		return target{}, err
	}
	t.scripts, err = t.log.Scripts(dir)
	return t, err
}

// destination reads where migrations would go if there were any.
func (a *App) destination(ws *workspace.Dir, root string) (t target, err error) {
	text, err := ws.ReadFile(config.FileName)
	if err != nil {
		return target{}, err
	}
	cfg, diags := config.Load(config.FileName, text, a.Plugins)
	if err := diags.Err(); err != nil {
		return target{}, err
	}
	if !cfg.HasDatabase() {
		return target{}, generator.ErrNoDatabase
	}
	t.config = cfg.Generation.Migrations
	if t.dialect, err = schema.ParseDialect(cfg.Generation.Database.Dialect); err != nil {
		return target{}, err
	}
	if t.format, err = migration.FormatNamed(t.config.Format); err != nil {
		return target{}, err
	}
	url := cfg.Generation.Database.URL.Resolve(a.environment(root))
	if url == "" {
		return target{}, errors.New("DATABASE_URL is not set; put it into .env or the environment")
	}
	t.shown, t.url = live.RedactURL(url), inFolder(root, url)
	if t.schemaName = cfg.Generation.Database.SchemaName; t.schemaName != "" {
		t.url = live.InSchema(t.url, t.schemaName)
	}
	return t, nil
}

// connect opens the database, in which the schema has to be: the table of versions is in it, too.
func (t target) connect(ctx context.Context) (*live.Migrator, error) {
	db, err := live.Open(ctx, t.dialect, t.url, t.scripts)
	if err != nil || t.schemaName == "" {
		return db, err
	}
	if err := db.CreateSchema(ctx, t.schemaName); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// ours reports as an error that another program applies the migrations.
func (t target) ours(down bool) error {
	tool := t.format.Tool()
	if tool == nil {
		return nil
	}
	command := tool.Up
	if down {
		command = tool.Down
	}
	return fmt.Errorf("migrations.format is %s, whose own program applies them and keeps count:\n\n  %s",
		t.format.Name(), tool.Command(command, t.config.Dir))
}

// absent reports a SQLite database in a folder that exists, but has no such file yet.
func (t target) absent() bool {
	name, ok := strings.CutPrefix(t.url, "file:")
	if t.dialect != schema.SQLite || !ok {
		return false
	}
	name, _, _ = strings.Cut(name, "?")
	_, err := os.Stat(filepath.FromSlash(name))
	_, folder := os.Stat(filepath.Dir(filepath.FromSlash(name)))
	return errors.Is(err, fs.ErrNotExist) && folder == nil && !strings.HasPrefix(name, ":memory:")
}

// path returns where a migration is.
func (t target) path(file string) string { return path.Join(t.config.Dir, file) }

// compare tells of migrations that are not as they were generated. One that was edited is the user's
// business, and worth a line; one that is missing would leave the database without its tables.
func (a *App) compare(t target, root fs.FS) error {
	mismatches, err := t.log.Mismatches(root, t.config.Dir)
	if err != nil {
		return err
	}
	var missing []string
	for _, m := range mismatches {
		name := t.path(m.Entry.Migration)
		if m.Missing {
			missing = append(missing, name)
			continue
		}
		fmt.Fprintf(a.Err, "%s %s was edited after it was generated; migrate status --accept records it as it is\n", a.Paint(term.Yellow, "note"), name)
	}
	if len(missing) > 0 {
		return fmt.Errorf("%s missing; restore from version control (%s records what it does)", strings.Join(missing, ", "), migration.LogDir)
	}
	return nil
}

// environment reads variables of the process, and where they are not set those of .env.
func (a *App) environment(root string) func(string) string {
	file, err := godotenv.Read(filepath.Join(root, ".env"))
	if err != nil {
		file = nil // there need not be one
	}
	return func(name string) string {
		if value := a.Getenv(name); value != "" {
			return value
		}
		return file[name]
	}
}

// inFolder makes the path of a SQLite database relative to the project, wherever the command runs.
func inFolder(root, url string) string {
	name, ok := strings.CutPrefix(url, "file:")
	if !ok || name == "" || strings.HasPrefix(name, "/") || strings.HasPrefix(name, ":memory:") {
		return url
	}
	return "file:" + filepath.ToSlash(filepath.Join(root, name))
}
