package cli

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/migration"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// newInfoCommand returns the command that describes a project.
func newInfoCommand(a *App) *cobra.Command {
	var asJSON, failOnAdvisories bool
	cmd := &cobra.Command{
		Use:   "info",
		Short: "Describe the project: plugins, social providers, endpoints, hooks, files, migrations, open advisories, readiness for production",
		Long: `info changes nothing. It asks the database which migrations are pending; one that cannot be reached is a
finding, not a failure.
` + exitHelp,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.info(cmd.Context(), asJSON, failOnAdvisories)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&failOnAdvisories, "fail-on-advisories", false, "exit 2 when the code has a known flaw")
	return cmd
}

// infoJSON is what info knows, and the form of info --json.
type infoJSON struct {
	Versions   versionsJSON   `json:"versions"`
	Config     configJSON     `json:"config"`
	Plugins    []pluginJSON   `json:"plugins"`
	Providers  []providerJSON `json:"socialProviders"`
	Endpoints  []endpointJSON `json:"endpoints"`
	Hooks      []hookJSON     `json:"hooks"`
	Files      filesJSON      `json:"files"`
	Migration  migrationsJSON `json:"migrations"`
	Advisories []advisoryJSON `json:"advisories"` // open ones
	Checklist  []checkJSON    `json:"checklist"`
}

type versionsJSON struct {
	Generator  string `json:"generator"`
	BetterAuth string `json:"betterAuth"` // the release of the npm package that is followed
	Go         string `json:"go"`
	Sqlc       string `json:"sqlc"`
}

type configJSON struct {
	Module    string            `json:"module"`
	Output    string            `json:"output"`
	Framework string            `json:"framework"`
	Dialect   string            `json:"dialect"`
	Database  string            `json:"database"` // without a password
	Options   map[string]string `json:"options"`  // those that are set, secrets left out
}

type pluginJSON struct {
	ID      string `json:"id"`
	Summary string `json:"summary"`
}

type endpointJSON struct {
	Methods  []string `json:"methods"`
	Path     string   `json:"path"`
	Plugin   string   `json:"plugin"`
	Handler  string   `json:"handler"`
	Disabled []string `json:"disabled"` // paths of it that answer 404: all of it, or some values of a parameter
}

// off says what of the endpoint answers 404.
func (e endpointJSON) off() string {
	switch {
	case len(e.Disabled) == 0:
		return ""
	case !strings.Contains(e.Path, ":"):
		return "disabled"
	}
	return "disabled: " + strings.Join(e.Disabled, ", ")
}

type hookJSON struct {
	Name   string `json:"name"`
	Plugin string `json:"plugin"`
}

type filesJSON struct {
	Clean   []string `json:"clean"`
	Edited  []string `json:"edited"`
	Missing []string `json:"missing"`
}

type migrationsJSON struct {
	Files   []string `json:"files"`
	Pending []string `json:"pending"` // nil when the database cannot be asked
	Problem string   `json:"problem,omitempty"`
	Unused  []string `json:"unused"` // tables and columns of plugins and fields that were removed
}

// betterAuthVersion is the release of npm better-auth whose protocol is followed.
const betterAuthVersion = "1.7.5"

func (a *App) info(ctx context.Context, asJSON, failOnAdvisories bool) error {
	ws, root, err := a.openProject()
	if err != nil {
		return err
	}
	defer func() { _ = ws.Close() }()
	model, err := a.model(ctx, ws, root)
	if err != nil {
		return err
	}
	out := infoJSON{
		Versions: versionsJSON{generator.Version(), betterAuthVersion, buildGo(), moduleVersion("github.com/sqlc-dev/sqlc")},
		Config:   a.configSummary(model, root),
	}
	out.addCode(model)
	out.Providers = providers(model, a.environment(root))
	out.addOwnHooks(ws, model.Output)
	if out.Files, err = fileStates(ws); err != nil {
		return err
	}
	if out.Migration, err = a.migrations(ctx, ws, root, model); err != nil {
		return err
	}
	outstanding, err := generator.Outstanding(ws, model, a.Advisories)
	if err != nil {
		return err
	}
	out.Advisories = advisories(outstanding)
	out.Checklist = checklist(model, a.environment(root))
	show := a.printInfo
	if asJSON {
		show = func(out infoJSON) error { return a.printJSON(out) }
	}
	if err := show(out); err != nil || !failOnAdvisories || len(outstanding) == 0 {
		return err
	}
	return &codeError{code: exitPending}
}

// model loads and resolves the configuration.
func (a *App) model(ctx context.Context, ws *workspace.Dir, root string) (*resolve.Model, error) {
	model, diags, err := generator.Load(ctx, generator.Request{Root: root, Reader: ws, FS: ws.FS(), Known: a.Plugins})
	a.printDiagnostics(diags)
	return model, err
}

// addCode lists what the code of the core and the plugins declares.
func (out *infoJSON) addCode(m *resolve.Model) {
	out.Plugins, out.Hooks = []pluginJSON{}, []hookJSON{}
	for _, e := range m.Core.Endpoints {
		out.Endpoints = append(out.Endpoints, endpointJSON{e.Methods, e.Path, "core", e.Handler, m.Disabled(e.Path)})
	}
	for _, p := range m.Plugins {
		out.Plugins = append(out.Plugins, pluginJSON{p.ID, p.Summary})
		for _, e := range p.Info.Endpoints {
			out.Endpoints = append(out.Endpoints, endpointJSON{e.Methods, e.Path, p.ID, e.Handler, m.Disabled(e.Path)})
		}
		for _, h := range p.Info.Hooks {
			out.Hooks = append(out.Hooks, hookJSON{h.Name, p.ID})
		}
	}
}

// addOwnHooks lists the hooks in the user's files of package auth. Files that do not parse have none.
func (out *infoJSON) addOwnHooks(ws *workspace.Dir, output string) {
	own, _ := source.Inspect(ws.FS(), output, output)
	for _, h := range own.Hooks {
		out.Hooks = append(out.Hooks, hookJSON{h.Name, "yours"})
	}
}

// fileStates sorts the recorded files into clean, edited and missing ones.
func fileStates(ws *workspace.Dir) (filesJSON, error) {
	out := filesJSON{Clean: []string{}, Edited: []string{}, Missing: []string{}}
	lock, err := workspace.ReadLock(ws)
	if err != nil {
		return out, err
	}
	for _, entry := range lock.Entries {
		exists, err := ws.Exists(entry.Path)
		if err != nil {
			return out, err
		}
		if !exists {
			out.Missing = append(out.Missing, entry.Path)
			continue
		}
		data, err := ws.ReadFile(entry.Path)
		if err != nil {
			return out, err
		}
		if workspace.SumOf(data) == entry.Sum {
			out.Clean = append(out.Clean, entry.Path)
		} else {
			out.Edited = append(out.Edited, entry.Path)
		}
	}
	return out, nil
}

// migrations lists the migrations. A database that is down is a finding, not a failure.
func (a *App) migrations(ctx context.Context, ws *workspace.Dir, root string, m *resolve.Model) (migrationsJSON, error) {
	log, err := migration.LoadLog(ws.FS())
	if err != nil {
		return migrationsJSON{}, err
	}
	out := migrationsJSON{Files: log.Migrations(), Unused: []string{}}
	if !m.Database {
		out.Pending = []string{}
		return out, nil
	}
	for _, c := range migration.Unused(log, m.Schema) {
		out.Unused = append(out.Unused, c.Subject())
	}
	t, err := a.target(ws, root)
	if err != nil {
		out.Problem = err.Error()
		return out, nil
	}
	list, err := a.status(ctx, t)
	if err != nil {
		out.Problem = err.Error()
		return out, nil
	}
	out.Pending = []string{}
	for _, m := range list {
		if !m.Applied {
			out.Pending = append(out.Pending, m.File)
		}
	}
	return out, nil
}

func (a *App) printInfo(out infoJSON) error {
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	section := func(title string) { fmt.Fprintf(w, "\n%s\n", title) }
	fmt.Fprintf(w, "betterauth-gen %s\tBetter Auth %s, sqlc %s, %s\n",
		out.Versions.Generator, out.Versions.BetterAuth, out.Versions.Sqlc, out.Versions.Go)
	section("Configuration")
	fmt.Fprintf(w, "  module\t%s\n  code\t%s, %s\n  database\t%s\n",
		out.Config.Module, out.Config.Output, out.Config.Framework, strings.TrimSpace(out.Config.Dialect+" "+out.Config.Database))
	for _, name := range sortedKeys(out.Config.Options) {
		fmt.Fprintf(w, "  %s\t%s\n", name, out.Config.Options[name])
	}
	section("Plugins")
	printRows(w, out.Plugins, func(p pluginJSON) []string { return []string{p.ID, p.Summary} })
	section("Social providers")
	printRows(w, out.Providers, func(p providerJSON) []string {
		return []string{p.ID, onOff(p.Enabled), firstOf(p.Plugin, "built-in"), p.Callback}
	})
	section("Endpoints")
	printRows(w, out.Endpoints, func(e endpointJSON) []string {
		return []string{strings.Join(e.Methods, "|"), e.Path, e.Plugin, e.off()}
	})
	section("Hooks")
	printRows(w, out.Hooks, func(h hookJSON) []string { return []string{h.Name, h.Plugin} })
	section("Files")
	fmt.Fprintf(w, "  clean\t%d\n  edited\t%s\n  missing\t%s\n", len(out.Files.Clean), listOf(out.Files.Edited), listOf(out.Files.Missing))
	section("Migrations")
	fmt.Fprintf(w, "  files\t%d\n", len(out.Migration.Files))
	if out.Migration.Problem != "" {
		fmt.Fprintf(w, "  pending\tunknown: %s\n", out.Migration.Problem)
	} else {
		fmt.Fprintf(w, "  pending\t%s\n", listOf(out.Migration.Pending))
	}
	if len(out.Migration.Unused) > 0 {
		fmt.Fprintf(w, "  unused\t%s (betterauth-gen migrate drop)\n", listOf(out.Migration.Unused))
	}
	section("Open advisories")
	printRows(w, out.Advisories, func(v advisoryJSON) []string {
		return []string{v.ID, string(v.Severity), v.where(), v.Title + ": " + v.Advice}
	})
	section("Production checklist")
	printRows(w, out.Checklist, func(c checkJSON) []string { return []string{c.State, c.Item, c.Advice} })
	return w.Flush()
}

func printRows[T any](w io.Writer, rows []T, cells func(T) []string) {
	if len(rows) == 0 {
		fmt.Fprintln(w, "  none")
	}
	for _, row := range rows {
		fmt.Fprintln(w, "  "+strings.TrimRight(strings.Join(cells(row), "\t"), "\t"))
	}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func listOf(items []string) string {
	if len(items) == 0 {
		return "none"
	}
	return strings.Join(items, ", ")
}

func buildGo() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.GoVersion
	}
	return "unknown Go"
}

// moduleVersion returns the version of a module that is linked in.
func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range info.Deps {
			if dep.Path == path {
				return dep.Version
			}
		}
	}
	return "unknown"
}

// configSummary prints the settings with secrets left out.
func (a *App) configSummary(m *resolve.Model, root string) configJSON {
	database := m.Config.Generation.Database
	out := configJSON{
		Module: m.Module, Output: m.Output, Framework: m.Framework, Dialect: database.Dialect,
		Options: map[string]string{},
	}
	if m.Database {
		out.Database = redact(database.URL.Resolve(a.environment(root)))
	}
	for _, s := range m.Settings {
		out.Options[s.Path] = config.Show(s.Value)
	}
	for _, p := range m.Plugins {
		for _, s := range p.Settings {
			out.Options["plugins."+p.ID+"."+s.Path] = config.Show(s.Value)
		}
	}
	for _, p := range m.Providers {
		for _, s := range p.Settings {
			out.Options["socialProviders."+p.ID+"."+s.Path] = config.Show(s.Value)
		}
	}
	return out
}
