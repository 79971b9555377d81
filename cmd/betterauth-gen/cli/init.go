package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/modfile"

	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/provider"
	"github.com/betterauth-gen/betterauth-gen/generator/scaffold"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// The features init asks about.
const (
	featurePassword     = "email-and-password"
	featureVerification = "require-email-verification"
)

// initOptions are the flags of init.
type initOptions struct {
	yes, fromDB                       bool
	module, dialect, output, frame    string
	features, pluginList, providerIDs []string
}

// newInitCommand returns the command that adds authentication to a repository.
func newInitCommand(a *App) *cobra.Command {
	var o initOptions
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Add authentication to a module, or start a new one in an empty folder",
		Long: `init asks a few questions, writes betterauth.yaml and .env, and generates the code. In a module it changes
no file of yours but go.mod, go.sum and .gitignore; in an empty folder it also writes a small program.
` + exitHelp,
		Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := a.dir
			if len(args) == 1 {
				dir = args[0]
				if !filepath.IsAbs(dir) {
					dir = filepath.Join(a.dir, dir)
				}
			}
			return a.init(cmd, dir, o)
		},
	}
	flags := cmd.Flags()
	flags.BoolVarP(&o.yes, "yes", "y", false, "take the defaults for what the flags leave open")
	flags.BoolVar(&o.fromDB, "from-db", false, "take over the tables that Better Auth made in the database at DATABASE_URL")
	flags.StringVar(&o.module, "module", "", "module `path` of a new module (default: the name of the folder)")
	flags.StringVar(&o.dialect, "dialect", "", "sqlite, postgres, mysql or none (default: the driver in use, else sqlite)")
	flags.StringVar(&o.output, "output", "", "`folder` of the code (default internal/auth)")
	flags.StringVar(&o.frame, "framework", "", "nethttp, chi, gin, echo or fiber (default: the one in use, else nethttp)")
	flags.StringSliceVar(&o.features, "features", nil, featurePassword+", "+featureVerification+" (default "+featurePassword+")")
	flags.StringSliceVar(&o.pluginList, "plugins", nil, "plugins to turn on: "+strings.Join(a.pluginIDs(), ", "))
	flags.StringSliceVar(&o.providerIDs, "providers", nil, "social providers to turn on: "+strings.Join(provider.IDs(), ", "))
	for flag, complete := range map[string]cobra.CompletionFunc{
		"dialect": completeOf(dialectNames()...), "framework": completeOf(frameworkNames()...),
		"features": completeList(featureNames()...), "plugins": completeList(a.pluginIDs()...), "providers": completeList(provider.IDs()...),
		"module": completeOf(),
	} {
		_ = cmd.RegisterFlagCompletionFunc(flag, complete)
	}
	_ = cmd.MarkFlagDirname("output")
	return cmd
}

func (a *App) pluginIDs() []string {
	ids := make([]string, len(a.Plugins))
	for i, p := range a.Plugins {
		ids[i] = p.ID
	}
	slices.Sort(ids)
	return ids
}

func (a *App) init(cmd *cobra.Command, dir string, o initOptions) error {
	root, created, err := makeFolder(dir)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done && created != "" {
			_ = os.RemoveAll(created) // nothing half-written: the folder was ours
		}
	}()
	ws, err := workspace.Open(root)
	if err != nil {
		return err
	}
	defer func() { _ = ws.Close() }()
	a.base = root
	if exists, err := ws.Exists(config.FileName); err != nil || exists {
		if exists {
			fmt.Fprintf(a.Out, "%s is there already; nothing was changed. To apply changes in it run: betterauth-gen generate\n", config.FileName)
		}
		return err
	}
	newModule, detected, err := a.inspect(ws)
	if err != nil {
		return err
	}
	if newModule && !cmd.Flags().Changed("module") {
		if err := outsideModules(root); err != nil {
			return err
		}
	}
	var there *existing
	if o.fromDB {
		if there, err = a.fromDatabase(cmd.Context(), root); err != nil {
			return err
		}
	}
	choices, err := a.ask(cmd, root, o, newModule, detected, there)
	if err != nil {
		return err
	}
	if err := a.scaffold(cmd.Context(), ws, root, choices, newModule, there); err != nil {
		return err
	}
	done = true
	a.nextSteps(dir, choices, detected)
	return nil
}

// makeFolder makes dir. Created is the outermost folder that was not there before, "" when all were.
func makeFolder(dir string) (root, created string, err error) {
	root, err = filepath.Abs(dir)
	if err != nil {
		return "", "", err
	}
	for missing := root; ; missing = filepath.Dir(missing) {
		if _, err := os.Stat(missing); err == nil {
			break
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", "", err
		}
		created = missing
	}
	return root, created, os.MkdirAll(root, 0o755)
}

// outsideModules returns an error when root is in a module: a module inside another is seldom meant, for its code is no
// part of the program around it.
func outsideModules(root string) error {
	for parent, last := filepath.Dir(root), root; parent != last; parent, last = filepath.Dir(parent), parent {
		text, err := os.ReadFile(filepath.Join(parent, "go.mod"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		return fmt.Errorf("%s is in the module %s; run betterauth-gen init in %s to add authentication to that, or name a module of its own with --module",
			root, modfile.ModulePath(text), parent)
	}
	return nil
}

// inspect finds out what the folder already has.
func (a *App) inspect(ws *workspace.Dir) (newModule bool, d scaffold.Detected, err error) {
	mod, err := ws.ReadFile("go.mod")
	if errors.Is(err, fs.ErrNotExist) {
		newModule, mod, err = true, nil, nil
	}
	if err == nil {
		d, err = scaffold.Detect(mod)
	}
	return newModule, d, err
}

// scaffold writes everything in one commit.
func (a *App) scaffold(ctx context.Context, ws *workspace.Dir, root string, c scaffold.Choices, newModule bool, there *existing) error {
	first, err := scaffold.Files(ws, c, newModule)
	if err != nil {
		return err
	}
	req := generator.Request{Root: root, Reader: ws, FS: ws.FS(), First: first}
	if there != nil {
		req.Adopt = adopting(there.found)
	}
	plan, err := a.build(ctx, req)
	if err != nil {
		return a.refused(plan, generateOptions{}, err)
	}
	if err := plan.Apply(ctx, ws); err != nil {
		return err
	}
	a.showList(plan, false)
	return nil
}

// toSet names the variables only a person knows the value of.
func toSet(c scaffold.Choices) []string {
	var names []string
	if c.Dialect != "sqlite" && c.Database() && c.DatabaseURL == "" {
		names = append(names, "DATABASE_URL")
	}
	for _, id := range c.Providers {
		for _, credential := range config.Credentials(id) {
			names = append(names, credential.Variable)
		}
	}
	return names
}

// nextSteps tells what to type next.
func (a *App) nextSteps(dir string, c scaffold.Choices, d scaffold.Detected) {
	newModule := d.Module == ""
	var steps []string
	if dir != "." {
		steps = append(steps, "cd "+dir)
	}
	if variables := toSet(c); len(variables) > 0 {
		steps = append(steps, "$EDITOR .env   # "+strings.Join(variables, ", "))
	}
	if c.Database() {
		steps = append(steps, "betterauth-gen migrate up")
	}
	if newModule {
		steps = append(steps, "go run .       # http://localhost:3000")
	}
	fmt.Fprintf(a.Out, "\nNext:\n\n  %s\n", strings.Join(steps, "\n  "))
	if newModule {
		return
	}
	fmt.Fprintf(a.Out, "\nand in your program, with %q imported:\n\n  %s\n",
		c.Module+"/"+c.Output, strings.Join(scaffold.Mount(c, d), "\n  "))
	fmt.Fprintf(a.Out, "\n.env is for your program to load, or for the shell that starts it:\n\n  (set -a; . ./.env; exec go run .)\n")
}
