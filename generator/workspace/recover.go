package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// recoverJournal brings the module to a whole state after an interrupted
// commit: with a journal back to the old one, without it the state is whole
// already and only the stage goes. It may itself be interrupted and repeated.
func recoverJournal(d disk) (undone bool, err error) {
	j, err := loadJournal(d)
	if errors.Is(err, fs.ErrNotExist) {
		return false, dropStageDurably(d)
	}
	if err != nil {
		return false, err
	}
	undos, err := j.plan(d)
	if err != nil {
		return false, err
	}
	for _, u := range slices.Backward(undos) {
		if err := u.do(d); err != nil {
			return false, fmt.Errorf("restore %s: %w", u.path, err)
		}
	}
	for _, dir := range slices.Backward(j.Dirs) {
		if _, err := removeIfEmpty(d, dir); err != nil {
			return false, fmt.Errorf("remove %s: %w", dir, err)
		}
	}
	if err := j.syncDirs(d); err != nil {
		return false, err
	}
	if err := d.remove(journalPath); err != nil {
		return false, fmt.Errorf("remove journal: %w", err)
	}
	return true, dropStageDurably(d)
}

// undo of one step: put backup back at path, or if there was no file, remove
// the new one.
type undo struct{ path, backup string }

func (u undo) do(d disk) error {
	if u.backup == "" {
		return d.remove(u.path)
	}
	if err := mkdirAll(d, u.path); err != nil {
		return err
	}
	return d.rename(u.backup, u.path)
}

// plan looks at every step before the first is undone: when a file was edited
// since the interruption nothing happens, for no edit may be lost.
func (j *journal) plan(d disk) ([]undo, error) {
	var undos []undo
	var errs []error
	for i, s := range j.Steps {
		u, err := s.plan(d, i)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", s.Path, err))
		}
		if u != nil {
			undos = append(undos, *u)
		}
	}
	return undos, errors.Join(errs...)
}

func (s step) plan(d disk, i int) (*undo, error) {
	staged, err := exists(d, newName(i))
	if err != nil {
		return nil, err
	}
	saved, err := exists(d, oldName(i))
	if err != nil {
		return nil, err
	}
	current, err := sumAt(d, s.Path)
	if err != nil {
		return nil, err
	}
	movedIn := s.New != "" && !staged && current == s.New
	switch {
	case saved && (current == "" || movedIn):
		return &undo{s.Path, oldName(i)}, nil
	case saved:
		return nil, fmt.Errorf("%w; move it aside and run again", ErrInterrupted)
	case movedIn && s.Old == "":
		return &undo{path: s.Path}, nil
	case s.Old == "" && s.New != "" && !staged && current != "":
		return nil, fmt.Errorf("%w; move it aside and run again", ErrInterrupted)
	}
	return nil, nil // not reached, or undone before
}

func sumAt(d disk, name string) (string, error) {
	data, err := d.readFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return exactSum(data), err
}
