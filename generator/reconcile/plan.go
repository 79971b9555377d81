package reconcile

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// Plan is what a run would do. Writing it, showing it and checking that it is
// empty are views of the same plan.
type Plan struct {
	Actions []Action

	lock  *workspace.Lock
	bases map[string][]byte
	in    Input

	decided map[string]bool // files whose outcome a choice made
}

// The reasons for which a plan has no changes to write.
var (
	ErrConflict = errors.New("your edits and the new version conflict")
	ErrRefused  = errors.New("cannot be written")
)

// Err says why the plan cannot be carried out, or nil.
func (p *Plan) Err() error {
	var errs []error
	refused := map[string]int{}
	for _, a := range p.Actions {
		if a.Kind == Refuse {
			refused[a.Reason]++
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(refused)) {
		errs = append(errs, fmt.Errorf("%s %w: %s", files(refused[reason]), ErrRefused, reason))
	}
	if n := p.count(Conflict); n > 0 {
		errs = append(errs, fmt.Errorf("%s: %w", files(n), ErrConflict))
	}
	return errors.Join(errs...)
}

func files(n int) string {
	if n == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", n)
}

// Merges returns the files with edits of the user's into which new text is
// merged.
func (p *Plan) Merges() []string {
	var out []string
	for _, a := range p.Actions {
		if a.Kind == Merge && a.Ours != nil {
			out = append(out, a.Path)
		}
	}
	return out
}

// RefuseUncommitted stops the run at those of its merges that git could not
// undo.
func (p *Plan) RefuseUncommitted(paths []string) {
	for i, a := range p.Actions {
		if a.Kind == Merge && slices.Contains(paths, a.Path) {
			p.Actions[i] = a.with(Refuse, nil, reasonUncommitted)
		}
	}
}

func (p *Plan) count(k Kind) int {
	n := 0
	for _, a := range p.Actions {
		if a.Kind == k {
			n++
		}
	}
	return n
}

// Empty reports whether carrying out the plan would change nothing. That a
// deleted file has been named is worth a line in the lock, but no run.
func (p *Plan) Empty() bool {
	return p.Err() == nil && !slices.ContainsFunc(p.all(), func(c workspace.Change) bool {
		return c.Writes() && (c.Path != workspace.LockPath || !p.onlyDeleted())
	})
}

// onlyDeleted reports that the lock changes in the list of deleted files alone.
func (p *Plan) onlyDeleted() bool {
	lock := *p.lock
	lock.Deleted = p.in.Lock.Deleted
	before := p.in.Disk[workspace.LockPath]
	return before != nil && merge.Same(before, lock.Format())
}

// Changes is the plan as the writer takes it: the files, their bases and the
// lock. It includes unchanged files, so that the writer notices when one of
// them is no longer what the decision was based on.
func (p *Plan) Changes() ([]workspace.Change, error) {
	if err := p.Err(); err != nil {
		return nil, err
	}
	return p.all(), nil
}

func (p *Plan) all() []workspace.Change {
	var out []workspace.Change
	for _, a := range p.Actions {
		out = append(out, a.change())
	}
	out = append(out, p.baseChanges()...)
	return append(out, p.homeChanges()...)
}

func (p *Plan) baseChanges() []workspace.Change {
	paths := map[string]bool{}
	for path := range p.bases {
		paths[path] = true
	}
	for path := range p.in.Bases {
		paths[path] = true
	}
	var out []workspace.Change
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		c := workspace.Change{Path: workspace.BasePath(path), Before: p.in.Bases[path], After: p.bases[path]}
		if from, moved := p.in.Relocated[path]; moved && c.Before != nil {
			out = append(out, workspace.Change{Path: workspace.BasePath(from), Before: c.Before})
			c.Before = nil
		}
		if c.Before != nil && c.After != nil && merge.Same(c.Before, c.After) {
			c.After = c.Before
		}
		out = append(out, c)
	}
	return out
}

// homeChanges are the lock and the note to git about the bases. A note that
// exists is the user's to edit.
func (p *Plan) homeChanges() []workspace.Change {
	disk := p.in.Disk
	lock := workspace.Change{Path: workspace.LockPath, Before: disk[workspace.LockPath], After: p.lock.Format()}
	if lock.Before != nil && merge.Same(lock.Before, lock.After) {
		lock.After = lock.Before
	}
	if len(p.lock.Entries) == 0 && lock.Before == nil {
		return nil
	}
	attrs := workspace.Change{Path: workspace.AttrsPath, Before: disk[workspace.AttrsPath], After: disk[workspace.AttrsPath]}
	if attrs.After == nil {
		attrs.After = []byte(workspace.Attrs)
	}
	return []workspace.Change{attrs, lock}
}

// change of the file on disk, which may be none.
func (a Action) change() workspace.Change {
	c := workspace.Change{Path: a.Path, Before: a.Ours, After: a.Result, Mode: a.Mode}
	if a.Kind == Refuse || a.Kind == Conflict {
		c.After = a.Ours
	}
	return c
}

// Diags tells what stops the run, what the user should look at, and what was
// left alone on purpose.
func (p *Plan) Diags() diag.List {
	var out diag.List
	for _, a := range p.Actions {
		if d, ok := a.Diagnostic(); ok {
			out.Add(d)
		}
	}
	return out
}
