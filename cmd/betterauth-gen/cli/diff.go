package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// newDiffCommand returns the command that shows differences.
func newDiffCommand(a *App) *cobra.Command {
	var o generateOptions
	var mine, stat bool
	var colour string
	cmd := &cobra.Command{
		Use:   "diff [file…]",
		Short: "Show what generate would change, or what you have changed",
		Long: `diff prints what generate would change as a unified diff, and how much. With --mine it prints what you have
changed in the code since it was written. Nothing is written.
` + exitHelp,
		RunE: func(cmd *cobra.Command, files []string) error {
			out, err := a.painted(colour)
			if err != nil {
				return err
			}
			d := differ{out: out, stat: stat, only: files}
			if mine {
				return a.diffMine(d)
			}
			return a.diffPlan(cmd.Context(), d, o)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&mine, "mine", false, "show your edits instead")
	flags.BoolVar(&stat, "stat", false, "print only how many lines change in which file")
	flags.StringVar(&colour, "color", "auto", "auto, always or never")
	_ = cmd.RegisterFlagCompletionFunc("color", completeOf("auto", "always", "never"))
	return cmd
}

// painted returns the standard output as the flag --color has it.
func (a *App) painted(colour string) (*term.Streams, error) {
	s := *a.Streams
	switch colour {
	case "auto":
		s.Colour = s.OutColour
	case "always":
		s.Colour = true
	case "never":
		s.Colour = false
	default:
		return nil, fmt.Errorf("--color is %q, want auto, always or never", colour)
	}
	return &s, nil
}

// diffPlan shows what generate would change.
func (a *App) diffPlan(ctx context.Context, d differ, o generateOptions) error {
	ws, root, err := a.openProject()
	if err != nil {
		return err
	}
	defer func() { _ = ws.Close() }()
	o.diff = true // nothing may be written
	if err := a.recoverRun(ws, true); err != nil {
		return err
	}
	plan, err := a.plan(ctx, ws, root, o)
	if err != nil {
		return a.refused(plan, o, err)
	}
	paths := make([]string, len(plan.Files.Actions))
	for i, action := range plan.Files.Actions {
		paths[i] = action.Path
	}
	if err := a.narrow(&d, root, paths); err != nil {
		return err
	}
	for _, action := range plan.Files.Actions {
		if action.Writes() {
			d.file(action.Path, action.Ours, action.Result)
		}
	}
	return d.end()
}

// diffMine shows the user's edits of files that are merged.
func (a *App) diffMine(d differ) error {
	ws, root, err := a.openProject()
	if err != nil {
		return err
	}
	defer func() { _ = ws.Close() }()
	lock, err := workspace.ReadLock(ws)
	if err != nil {
		return err
	}
	paths := make([]string, len(lock.Entries))
	for i, e := range lock.Entries {
		paths[i] = e.Path
	}
	if err := a.narrow(&d, root, paths); err != nil {
		return err
	}
	for _, e := range lock.Entries {
		if ok, err := ws.Exists(workspace.BasePath(e.Path)); err != nil || !ok {
			continue
		}
		base, err := ws.ReadFile(workspace.BasePath(e.Path))
		if err != nil {
			return err
		}
		var ours []byte
		if ok, err := ws.Exists(e.Path); err != nil {
			return err
		} else if ok {
			if ours, err = ws.ReadFile(e.Path); err != nil {
				return err
			}
		}
		if ours == nil || !merge.Same(base, ours) {
			d.file(e.Path, base, merge.Normalize(ours))
		}
	}
	return d.end()
}

// narrow makes the files and folders d is to show relative to root, as paths are. One that is or holds none of paths is
// a slip.
func (a *App) narrow(d *differ, root string, paths []string) error {
	known := func(file string) bool {
		return slices.ContainsFunc(paths, func(p string) bool { return within(file, p) })
	}
	for i, name := range d.only {
		local, ok := a.projectPath(root, name, known)
		if !ok {
			return fmt.Errorf("%s: that is not in %s", name, root)
		}
		if !known(local) {
			return noSuchFile(name, local, paths)
		}
		d.only[i] = local
	}
	return nil
}

// within tells whether path is file, or in the folder of that name.
func within(file, path string) bool {
	return file == "." || path == file || strings.HasPrefix(path, file+"/")
}

// differ prints differences, and then a line for each file.
type differ struct {
	out   *term.Streams
	stat  bool
	only  []string // files to show, or all
	lines []statLine
	err   error
}

type statLine struct {
	path       string
	plus, less int
}

func (d *differ) file(path string, before, after []byte) {
	if len(d.only) > 0 && !slices.ContainsFunc(d.only, func(p string) bool { return within(p, path) }) {
		return
	}
	text := merge.Unified(path, before, after)
	s := statLine{path: path}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, 1<<30)
	for n := 0; lines.Scan(); n++ {
		l := lines.Text()
		colour := ""
		switch {
		case n < 2:
			colour = term.Bold
		case strings.HasPrefix(l, "@@"):
			colour = term.Faint
		case strings.HasPrefix(l, "+"):
			colour = term.Green
			s.plus++
		case strings.HasPrefix(l, "-"):
			colour = term.Red
			s.less++
		}
		if !d.stat {
			if colour != "" {
				l = d.out.Paint(colour, l)
			}
			d.print(l + "\n")
		}
	}
	d.lines = append(d.lines, s)
}

func (d *differ) print(text string) {
	if d.err == nil {
		_, d.err = io.WriteString(d.out.Out, text)
	}
}

// statWidth is the widest bar, in characters.
const statWidth = 40

// end prints the summary.
func (d *differ) end() error {
	if len(d.lines) == 0 {
		d.print("no differences\n")
		return d.err
	}
	if !d.stat {
		d.print("\n")
	}
	wide, most, plus, less := 0, 1, 0, 0
	for _, l := range d.lines {
		wide, most = max(wide, len(l.path)), max(most, l.plus+l.less)
		plus, less = plus+l.plus, less+l.less
	}
	scale := func(n int) int {
		if most <= statWidth || n == 0 {
			return n
		}
		return max(1, n*statWidth/most)
	}
	for _, l := range d.lines {
		d.print(fmt.Sprintf(" %-*s | %4d %s%s\n", wide, l.path, l.plus+l.less,
			d.out.Paint(term.Green, strings.Repeat("+", scale(l.plus))), d.out.Paint(term.Red, strings.Repeat("-", scale(l.less)))))
	}
	d.print(fmt.Sprintf(" %s, +%d −%d\n", plural(len(d.lines), "file"), plus, less))
	return d.err
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
