// Package cli is the command line of betterauth-gen. Commands are thin: they parse, call package
// generator, print, and turn the outcome into an exit code.
package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/advisory"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/query"
	"github.com/betterauth-gen/betterauth-gen/plugins"
)

// Exit codes.
const (
	exitOK          = 0
	exitError       = 1
	exitPending     = 2
	exitConflict    = 3
	exitInterrupted = 130
)

const exitHelp = `
Exit codes:
  0    done, or nothing to do
  1    an error; nothing was written
  2    something is pending, differs or is open (generate --check, migrate status, migrate diff, migrate drift,
       info --fail-on-advisories)
  3    your edits and the new code change the same lines, or a file of yours is in the way; nothing was written
  130  interrupted
`

// App is what commands share.
type App struct {
	*term.Streams
	Prompt  term.Prompter
	Plugins []*plugins.Plugin
	// Advisories are the known flaws to look for in the code of a project.
	Advisories []advisory.Advisory
	Getenv     func(string) string
	dir        string // --dir
	base       string // folder of betterauth.yaml, once known
	edited     []byte // betterauth.yaml as the command would leave it; nil: as it is on disk
	verbose    bool
}

// Main runs the command line of the process with the given plugins and returns its exit code. A
// program with plugins of its own calls it with all.Plugins() and them.
func Main(known ...*plugins.Plugin) int {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // a run lasts a second; memory is there for it
	}
	if len(os.Args) > 1 && os.Args[1] == query.Child {
		return query.RunChild(os.Args[2:])
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	streams := term.System()
	app := &App{Streams: streams, Prompt: term.NewPrompter(streams), Plugins: known, Getenv: os.Getenv}
	var err error
	if app.Advisories, err = advisory.Shipped(); err != nil {
		return app.exitCode(err)
	}
	return app.Run(ctx, os.Args[1:])
}

// Run runs one command line and returns its exit code.
func (a *App) Run(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	err := root.ExecuteContext(ctx)
	if err != nil && (ctx.Err() != nil || childInterrupted(err)) {
		err = term.ErrInterrupted
	}
	return a.exitCode(err)
}

// childInterrupted reports that Ctrl-C has reached a child, and with it the whole program, before we
// were told.
func childInterrupted(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.String() == "signal: interrupt"
}

func (a *App) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "betterauth-gen",
		Short: "Scaffold Better Auth compatible authentication into a Go repository, and keep it up to date",
		Long: `betterauth-gen reads betterauth.yaml and writes authentication into your repository: handlers, queries
and migrations that are yours to edit. Change the file, run generate, and your edits stay.
` + exitHelp,
		Version:       generator.Version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("betterauth-gen {{.Version}}\n")
	root.PersistentFlags().StringVarP(&a.dir, "dir", "C", ".", "`folder` to run in; betterauth.yaml is in it or above it, and init writes it there")
	_ = root.MarkPersistentFlagDirname("dir")
	root.PersistentFlags().BoolVarP(&a.verbose, "verbose", "v", false, "say what is done and why")
	root.AddCommand(newInitCommand(a), newGenerateCommand(a), newAddCommand(a), newRemoveCommand(a), newDiffCommand(a), newMigrateCommand(a), newSecretCommand(a), newInfoCommand(a))
	return root
}

// codeError carries an exit code. Its message, if any, is printed.
type codeError struct {
	code int
	err  error
}

func (e *codeError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *codeError) Unwrap() error { return e.err }

// exitCode prints err and returns the exit code it stands for.
func (a *App) exitCode(err error) int {
	var coded *codeError
	var missing *term.MissingAnswerError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, term.ErrInterrupted), errors.Is(err, context.Canceled):
		fmt.Fprintln(a.Err, "interrupted")
		return exitInterrupted
	case errors.Is(err, generator.ErrNoDatabase):
		fmt.Fprintln(a.Err, err)
		return exitOK
	case errors.As(err, &missing):
		fmt.Fprintf(a.Err, "%s %s; use --yes for the defaults, or the flags in --help\n", a.Paint(term.Red, "error:"), missing)
		return exitError
	case errors.As(err, &coded):
		if coded.err != nil {
			a.printError(coded.err)
		}
		return coded.code
	}
	a.printError(err)
	return exitError
}

// printError prints an error, or each of a list of diagnostics at its place.
func (a *App) printError(err error) {
	var found *diag.ListError
	if errors.As(err, &found) {
		a.printDiagnostics(found.List)
		return
	}
	fmt.Fprintln(a.Err, a.Paint(term.Red, "error:"), err)
}
