package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
)

// Dir is a module on disk.
type Dir struct {
	root *os.Root
	disk disk
}

var (
	_ Reader = (*Dir)(nil)
	_ Writer = (*Dir)(nil)
)

// Open returns the module whose root is dir.
func Open(dir string) (*Dir, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open module: %w", err)
	}
	return &Dir{root: root, disk: rootDisk{root}}, nil
}

// Close releases the directory handle.
func (w *Dir) Close() error { return w.root.Close() }

// ReadFile implements Reader.
func (w *Dir) ReadFile(path string) ([]byte, error) {
	if err := CheckPath(path); err != nil {
		return nil, err
	}
	data, err := w.disk.readFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, w.explain(path, err)
	}
	return data, err
}

// explain names the link or folder that keeps a file from being read; the system's own words do not.
func (w *Dir) explain(name string, err error) error {
	for dir := name; dir != "."; dir = path.Dir(dir) {
		info, lstatErr := w.root.Lstat(dir)
		switch {
		case lstatErr != nil:
			continue
		case info.Mode()&fs.ModeSymlink != 0:
			return fmt.Errorf("%s %w out of the module; put what it points to in its place", dir, ErrSymlink)
		case dir == name && info.IsDir():
			return fmt.Errorf("%s is a folder, where a file belongs; move it away", dir)
		case dir != name && !info.IsDir():
			return fmt.Errorf("%s is a file, where a folder belongs; move it away", dir)
		}
	}
	return err
}

// Exists implements Reader.
func (w *Dir) Exists(path string) (bool, error) {
	if err := CheckPath(path); err != nil {
		return false, err
	}
	info, err := w.root.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && info.Mode().IsRegular(), err
}

// List implements Reader.
func (w *Dir) List(dir string) ([]string, error) {
	if err := CheckPath(dir); err != nil {
		return nil, err
	}
	var out []string
	err := w.walk(dir, &out)
	slices.Sort(out)
	return out, err
}

func (w *Dir) walk(dir string, out *[]string) error {
	entries, err := w.disk.readDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("list %s: %w", dir, err)
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case e.IsDir():
			if err := w.walk(name, out); err != nil {
				return err
			}
		case e.Type().IsRegular():
			*out = append(*out, name)
		}
	}
	return nil
}

// Pending reports whether an earlier run was cut short and left a journal.
// Until Recover or Apply has run, files may be a mix of old and new.
func (w *Dir) Pending() (bool, error) { return exists(w.disk, journalPath) }

// Recover finishes or undoes an interrupted run. It reports whether there was
// anything to undo.
func (w *Dir) Recover() (bool, error) {
	if ok, err := exists(w.disk, Home); err != nil || !ok {
		return false, err
	}
	release, err := acquire(w.root)
	if err != nil {
		return false, err
	}
	defer release()
	return recoverJournal(w.disk)
}

// Apply implements Writer. Either every change is made or, when an error is
// returned, none; if the process dies in between, the next Apply or Recover
// puts the old state back.
func (w *Dir) Apply(ctx context.Context, changes []Change) error {
	changes, err := ordered(changes)
	if err != nil {
		return err
	}
	if pending, err := w.Pending(); err != nil {
		return err
	} else if !pending && !slices.ContainsFunc(changes, Change.Writes) {
		return verify(w.disk, changes)
	}
	release, err := acquire(w.root)
	if err != nil {
		return err
	}
	defer release()
	if _, err := recoverJournal(w.disk); err != nil {
		return err
	}
	if err := verify(w.disk, changes); err != nil {
		return err
	}
	return commit(ctx, w.disk, slices.DeleteFunc(changes, func(c Change) bool { return !c.Writes() }))
}
