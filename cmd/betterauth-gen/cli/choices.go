package cli

import (
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/betterauth-gen/betterauth-gen/cmd/betterauth-gen/internal/term"
	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// inProject returns choices whose paths are relative to root, as the generator has them. The user may have written
// them absolute, or relative to the folder the command runs in.
func (a *App) inProject(ws *workspace.Dir, root string, given reconcile.Choices) (reconcile.Choices, error) {
	lock, err := workspace.ReadLock(ws)
	if err != nil {
		lock = &workspace.Lock{} // the run says what is wrong with it
	}
	known := func(path string) bool {
		_, recorded := lock.Find(path)
		exists, err := ws.Exists(path)
		return recorded || err == nil && exists
	}
	c := given.Clone()
	var outside error
	c.Each(func(flag string, name *string) {
		local, ok := a.projectPath(root, *name, known)
		if !ok && outside == nil {
			outside = fmt.Errorf("%s %s: that is not in %s", flag, *name, root)
		}
		*name = local
	})
	if outside != nil {
		return c, outside
	}
	return c, c.Validate()
}

// projectPath returns the path below root that name stands for: what known knows, relative to the folder the command
// runs in or to root; else as if it were relative to root, as reports print paths.
func (a *App) projectPath(root, name string, known func(string) bool) (string, bool) {
	if filepath.IsAbs(name) {
		return below(root, name)
	}
	start, err := filepath.Abs(a.dir)
	if err != nil {
		return name, false
	}
	here, isBelow := below(root, filepath.Join(start, name))
	there, isLocal := path.Clean(filepath.ToSlash(name)), filepath.IsLocal(name)
	if isBelow && (known(here) || !isLocal) {
		return here, true
	}
	return there, isLocal
}

// below returns file relative to root, with slashes. Either may be reached through links.
func below(root, file string) (string, bool) {
	for _, pair := range [][2]string{{root, file}, {resolved(root), filepath.Join(resolved(filepath.Dir(file)), filepath.Base(file))}} {
		if rel, err := filepath.Rel(pair[0], pair[1]); err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel), true
		}
	}
	return file, false
}

// resolved returns dir without links in it. What does not exist, such as a folder the user deleted, has none.
func resolved(dir string) string {
	if _, err := os.Lstat(dir); err != nil && filepath.Dir(dir) != dir {
		return filepath.Join(resolved(filepath.Dir(dir)), filepath.Base(dir))
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	return dir
}

// heed reports choices that came to nothing: an error when one names a file the run has nothing to do with, which is a
// slip, and a note when there was nothing to decide.
func (a *App) heed(plan *generator.Plan) error {
	unknown, needless := plan.Files.Idle()
	for _, c := range needless {
		fmt.Fprintf(a.Err, "%s: %s %s changes nothing: there is nothing in that file to decide\n", a.Paint(term.Faint, "note"), c.Flag, c.Path)
	}
	if len(unknown) == 0 {
		return nil
	}
	names := make([]string, len(plan.Files.Actions))
	for i, action := range plan.Files.Actions {
		names[i] = action.Path
	}
	c := unknown[0]
	return noSuchFile(c.Flag+" "+c.Path, c.Path, names)
}

// noSuchFile is the error for a file that is not one of names; said is what the user wrote.
func noSuchFile(said, file string, names []string) error {
	near := ""
	if s := config.Suggest(file, names); s != "" {
		near = "; " + s
	}
	return fmt.Errorf("%s: betterauth-gen writes no such file%s", said, near)
}
