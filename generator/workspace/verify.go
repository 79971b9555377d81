package workspace

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// Writes reports whether c changes anything on disk.
func (c Change) Writes() bool {
	return !bytes.Equal(c.Before, c.After) || (c.Before == nil) != (c.After == nil)
}

// ordered checks paths and sorts, the lock file last: a lock must never speak
// of files that are not there yet.
func ordered(changes []Change) ([]Change, error) {
	out := slices.Clone(changes)
	slices.SortFunc(out, func(a, b Change) int {
		if (a.Path == LockPath) != (b.Path == LockPath) {
			if a.Path == LockPath {
				return 1
			}
			return -1
		}
		return cmp.Compare(a.Path, b.Path)
	})
	writes := map[string]bool{}
	for i, c := range out {
		writes[c.Path] = c.Writes()
		if err := CheckPath(c.Path); err != nil {
			return nil, err
		}
		if i > 0 && out[i-1].Path == c.Path {
			return nil, fmt.Errorf("two changes of %s", c.Path)
		}
		if c.Path == journalPath || c.Path == runLockPath || c.Path == stageDir {
			return nil, fmt.Errorf("%s is reserved: %w", c.Path, ErrPath)
		}
	}
	for _, c := range out {
		for dir := path.Dir(c.Path); dir != "."; dir = path.Dir(dir) {
			if c.Writes() && writes[dir] {
				return nil, fmt.Errorf("%s cannot be a file and the folder of %s at once", dir, c.Path)
			}
		}
	}
	return out, nil
}

// verify makes sure the disk is what the plan was made from, and reports
// every file that is not. When the lock is not, another run has written, which
// says more than the list of its files.
func verify(d disk, changes []Change) error {
	var errs []error
	for _, c := range changes {
		err := verifyOne(d, c)
		if c.Path == LockPath && errors.Is(err, ErrChanged) {
			return fmt.Errorf("another run has written to this module meanwhile, so this one wrote nothing; start it again (%s %w)", c.Path, ErrChanged)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s %w", c.Path, err))
		}
	}
	return errors.Join(errs...)
}

func verifyOne(d disk, c Change) error {
	info, err := d.lstat(c.Path)
	if errors.Is(err, fs.ErrNotExist) {
		if c.Before != nil {
			return fmt.Errorf("%w: it is gone", ErrChanged)
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot be read: %w", err)
	}
	if c.Writes() {
		if err := replaceable(info); err != nil {
			return err
		}
	}
	if c.Before == nil {
		return fmt.Errorf("%w: it was created meanwhile", ErrChanged)
	}
	data, err := d.readFile(c.Path)
	if err != nil {
		return fmt.Errorf("cannot be read: %w", err)
	}
	if !bytes.Equal(data, c.Before) {
		return ErrChanged
	}
	return nil
}

// replaceable refuses what a rename would destroy silently: links, devices,
// and files somebody has protected.
func replaceable(info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode&fs.ModeSymlink != 0:
		return fmt.Errorf("%w; replace it with a file first", ErrSymlink)
	case !mode.IsRegular():
		return fmt.Errorf("is not a regular file (%s)", mode.Type())
	case mode.Perm()&0o200 == 0:
		return fmt.Errorf("%w; make it writable first", ErrReadOnly)
	}
	return nil
}
