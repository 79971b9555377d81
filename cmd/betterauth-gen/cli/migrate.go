package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/joho/godotenv"
	"github.com/spf13/cobra"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/migration/live"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// newMigrateCommand returns the commands that work on the database.
func newMigrateCommand(a *App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Apply migrations to the database at DATABASE_URL, or see which are pending",
		Long: `The database is the one of database.url in betterauth.yaml, by default ${DATABASE_URL}, which is read from
the environment or from .env:

  file:auth.db
  postgres://user:password@host:5432/database
  mysql://user:password@host:3306/database
` + exitHelp,
		Args: cobra.NoArgs, // cobra shows the help for a command it does not know, and calls that success
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var yes bool
	up := &cobra.Command{
		Use:   "up",
		Short: "Apply what is pending, after showing the SQL",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.migrateUp(cmd.Context(), yes) },
	}
	up.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	var asJSON bool
	status := &cobra.Command{
		Use:   "status",
		Short: "List the migrations; exit 2 when some are pending",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.migrateStatus(cmd.Context(), asJSON) },
	}
	status.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.AddCommand(up, status)
	return cmd
}

// database is a connection to the database of a project.
type database struct {
	*live.Migrator
	target
	ws *workspace.Dir
}

func (d *database) close() {
	_ = d.Close()
	_ = d.ws.Close()
}

// openDatabase connects to the database of the project.
func (a *App) openDatabase(ctx context.Context) (*database, error) {
	ws, root, err := a.openProject()
	if err != nil {
		return nil, err
	}
	db, err := a.connect(ctx, ws, root)
	if err != nil {
		return nil, errors.Join(err, ws.Close())
	}
	return db, nil
}

// status lists the migrations. It does not make a SQLite database that is not there yet: looking is not
// making.
func (a *App) status(ctx context.Context) ([]migrationJSON, error) {
	ws, root, err := a.openProject()
	if err != nil {
		return nil, err
	}
	defer func() { _ = ws.Close() }()
	target, err := a.target(ws, root)
	if err != nil {
		return nil, err
	}
	list := make([]migrationJSON, len(target.files))
	for i, file := range target.files {
		list[i] = migrationJSON{File: file}
	}
	if target.absent() {
		return list, nil
	}
	db, err := live.Open(ctx, target.dialect, target.url, target.sql, target.files...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	all, err := db.Status(ctx)
	for i, m := range all {
		list[i] = migrationJSON{m.File, m.Applied}
	}
	return list, err
}

// target is where migrations go.
type target struct {
	dialect schema.Dialect
	url     string
	shown   string   // url as it may be printed
	files   []string // the migrations that are ours
	sql     fs.FS    // the folder they are in
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

func (a *App) connect(ctx context.Context, ws *workspace.Dir, root string) (*database, error) {
	target, err := a.target(ws, root)
	if err != nil {
		return nil, err
	}
	migrator, err := live.Open(ctx, target.dialect, target.url, target.sql, target.files...)
	if err != nil {
		return nil, err
	}
	return &database{Migrator: migrator, ws: ws, target: target}, nil
}

// target reads from the configuration and the environment where migrations go.
func (a *App) target(ws *workspace.Dir, root string) (target, error) {
	text, err := ws.ReadFile(config.FileName)
	if err != nil {
		return target{}, err
	}
	cfg, diags := config.Load(config.FileName, text, a.Plugins)
	if err := diags.Err(); err != nil {
		return target{}, err
	}
	var t target
	if t.dialect, err = schema.ParseDialect(cfg.Generation.Database.Dialect); err != nil {
		return target{}, err
	}
	url := cfg.Generation.Database.URL.Resolve(a.environment(root))
	if url == "" {
		return target{}, errors.New("DATABASE_URL is not set; put it into .env or the environment")
	}
	t.shown, t.url = live.RedactURL(url), inFolder(root, url)
	log, err := migration.LoadLog(ws.FS())
	if err != nil {
		return target{}, err
	}
	if t.files = log.Migrations(); len(t.files) == 0 {
		return target{}, errors.New("there are no migrations yet; run betterauth-gen generate first")
	}
	if err := a.compare(log, ws.FS()); err != nil {
		return target{}, err
	}
	t.sql, err = fs.Sub(ws.FS(), generator.MigrationsDir)
	return t, err
}

// compare tells of migrations that are not as they were generated. One that was edited is the user's
// business, and worth a line; one that is missing would leave the database without its tables.
func (a *App) compare(log *migration.Log, root fs.FS) error {
	mismatches, err := log.Mismatches(root, generator.MigrationsDir)
	if err != nil {
		return err
	}
	var missing []string
	for _, m := range mismatches {
		name := path.Join(generator.MigrationsDir, m.Entry.Migration)
		if m.Missing {
			missing = append(missing, name)
			continue
		}
		fmt.Fprintf(a.Err, "%s %s was edited after it was generated\n", a.Paint(term.Yellow, "note"), name)
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

func (a *App) migrateUp(ctx context.Context, yes bool) error {
	db, err := a.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer db.close()
	pending, err := db.Pending(ctx)
	if err != nil {
		return err
	}
	if len(pending) == 0 {
		fmt.Fprintln(a.Out, "up to date")
		return nil
	}
	for _, m := range pending {
		text, err := fs.ReadFile(db.sql, m.File)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.Out, "-- %s/%s\n%s\n", generator.MigrationsDir, m.File, upPart(string(text)))
	}
	if !yes {
		question := fmt.Sprintf("Apply %d migration(s) to %s?", len(pending), db.shown)
		ok, err := a.Prompt.Confirm(question, true)
		if err != nil {
			return err
		}
		if !ok {
			fmt.Fprintln(a.Err, "nothing was applied")
			return nil
		}
	}
	results, err := db.Up(ctx)
	for _, r := range results {
		fmt.Fprintf(a.Err, "%s %s\n", a.Paint(term.Green, "applied"), r.File)
	}
	return err
}

// upPart returns the statements of a goose migration that apply it.
func upPart(text string) string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "-- +goose Down") {
			break
		}
		if !strings.HasPrefix(line, "-- +goose ") {
			lines = append(lines, line)
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n")) + "\n"
}

// migrationJSON is an element of migrate status --json.
type migrationJSON struct {
	File    string `json:"file"`
	Applied bool   `json:"applied"`
}

func (a *App) migrateStatus(ctx context.Context, asJSON bool) error {
	list, err := a.status(ctx)
	if err != nil {
		return err
	}
	pending := slices.ContainsFunc(list, func(m migrationJSON) bool { return !m.Applied })
	if asJSON {
		err = a.printJSON(list)
	} else {
		for _, m := range list {
			state := "pending"
			if m.Applied {
				state = "applied"
			}
			fmt.Fprintf(a.Out, "%-8s %s\n", state, m.File)
		}
	}
	if err == nil && pending {
		return &codeError{code: exitPending}
	}
	return err
}
