package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// A commit goes through these states, and a crash in any of them leaves the
// disk so that recoverJournal can tell which it was:
//
//	staging    stage/ fills, no journal        → drop the stage: old state
//	journalled originals move aside, new in    → undo from the journal: old state
//	committed  the journal is removed          → drop the stage: new state
//
// Removing the journal is the one step that decides.
func commit(ctx context.Context, d disk, changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	j, err := stage(ctx, d, changes)
	if err != nil {
		return errors.Join(err, dropStage(d))
	}
	if err := j.save(d); err != nil {
		return abort(d, err)
	}
	if err := j.exchangeAll(d); err != nil {
		return abort(d, err)
	}
	if err := d.remove(journalPath); err != nil {
		return abort(d, fmt.Errorf("remove journal: %w", err))
	}
	// The changes stand. If tidying up fails now, the next run does it.
	_ = dropStageDurably(d)
	return nil
}

// abort undoes a commit that failed half-way. When even that fails the
// journal stays, and the next run tries again.
func abort(d disk, cause error) error {
	if _, err := recoverJournal(d); err != nil {
		return errors.Join(cause, fmt.Errorf("undo: %w; run again to finish undoing", err))
	}
	return cause
}

// stage writes all new content next to the journal, on the file system of the
// module, so that later steps need no space and no copying.
func stage(ctx context.Context, d disk, changes []Change) (*journal, error) {
	if err := mkdirAll(d, stageDir+"/x"); err != nil {
		return nil, fmt.Errorf("create %s: %w", stageDir, err)
	}
	j := &journal{}
	for i, c := range changes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := stageOne(d, newName(i), c); err != nil {
			return nil, fmt.Errorf("stage %s: %w", c.Path, err)
		}
		if err := j.add(d, c); err != nil {
			return nil, err
		}
	}
	if err := d.syncDir(stageDir); err != nil {
		return nil, fmt.Errorf("sync %s: %w", stageDir, err)
	}
	return j, ctx.Err()
}

func stageOne(d disk, name string, c Change) error {
	if c.After == nil {
		return nil
	}
	if c.Before == nil {
		mode := c.Mode
		if mode == 0 {
			mode = 0o644
		}
		return d.write(name, c.After, mode, c.Mode != 0)
	}
	info, err := d.lstat(c.Path)
	if err != nil {
		return err
	}
	mode := info.Mode().Perm()
	if c.Mode != 0 {
		mode &= c.Mode
	}
	return d.write(name, c.After, mode, true)
}

// exchangeAll puts every staged file in its place and then makes that
// durable.
func (j *journal) exchangeAll(d disk) error {
	for i, s := range j.Steps {
		if err := exchange(d, i, s); err != nil {
			return fmt.Errorf("replace %s: %w", s.Path, err)
		}
	}
	for _, s := range j.Steps {
		if s.New == "" {
			if err := pruneAbove(d, s.Path); err != nil {
				return err
			}
		}
	}
	return j.syncDirs(d)
}

func exchange(d disk, i int, s step) error {
	if s.New != "" {
		if err := mkdirAll(d, s.Path); err != nil {
			return err
		}
	}
	if s.Old != "" {
		if err := d.rename(s.Path, oldName(i)); err != nil {
			return err
		}
		// Looked at only now that nobody else can reach it: an editor may
		// have saved after verify.
		data, err := d.readFile(oldName(i))
		if err != nil {
			return err
		}
		if exactSum(data) != s.Old {
			return ErrChanged
		}
	}
	if s.New == "" {
		return nil
	}
	switch taken, err := exists(d, s.Path); {
	case err != nil:
		return err
	case taken:
		return fmt.Errorf("%w: it was created meanwhile", ErrChanged)
	}
	return d.rename(newName(i), s.Path)
}

// pruneAbove removes the directories that the deletion of name left empty.
func pruneAbove(d disk, name string) error {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if removed, err := removeIfEmpty(d, dir); err != nil || !removed {
			return err
		}
	}
	return nil
}

// syncDirs makes the renames durable, directory by directory.
func (j *journal) syncDirs(d disk) error {
	dirs := []string{stageDir}
	for _, s := range j.Steps {
		dirs = append(dirs, path.Dir(s.Path))
	}
	for _, dir := range j.Dirs {
		dirs = append(dirs, path.Dir(dir))
	}
	slices.Sort(dirs)
	for _, dir := range slices.Compact(dirs) {
		if err := d.syncDir(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("sync %s: %w", dir, err)
		}
	}
	return nil
}

// dropStageDurably makes sure that the journal is gone for good before the
// backups go: a journal that came back after a power cut would need them.
func dropStageDurably(d disk) error {
	if ok, err := exists(d, stageDir); err != nil || !ok {
		return err
	}
	if err := d.syncDir(Home); err != nil {
		return fmt.Errorf("sync %s: %w", Home, err)
	}
	return dropStage(d)
}

// dropStage removes the stage and everything in it.
func dropStage(d disk) error {
	entries, err := d.readDir(stageDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := d.remove(stageDir + "/" + e.Name()); err != nil {
			return err
		}
	}
	return d.remove(stageDir)
}
