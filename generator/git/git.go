// Package git asks git about the user's files. It only ever asks: no commit, no checkout, no branch.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Repo is the repository a module is in.
type Repo struct {
	dir    string // of the module
	prefix string // from the root of the repository to the module, "" or with a slash at its end
}

// Open returns the repository that dir is in, or nil: no repository, or no git.
func Open(ctx context.Context, dir string) *Repo {
	r := &Repo{dir: dir}
	out, err := r.run(ctx, "rev-parse", "--show-prefix")
	if err != nil {
		return nil
	}
	r.prefix = strings.TrimSuffix(string(out), "\n")
	return r
}

// Uncommitted returns those of paths whose content is not committed, so that `git checkout` could not bring
// it back. Files that git ignores are not among them.
func (r *Repo) Uncommitted(ctx context.Context, paths []string) ([]string, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	args := append([]string{"status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--"}, paths...)
	out, err := r.run(ctx, args...)
	if err != nil {
		return nil, err
	}
	var dirty []string
	for entry := range strings.SplitSeq(string(out), "\x00") {
		if len(entry) > 3 { // two letters and a space
			dirty = append(dirty, strings.TrimPrefix(entry[3:], r.prefix))
		}
	}
	return dirty, nil
}

// Ancestor returns a file as it was where the branches of an unfinished merge parted. It is nil when there
// is no such merge, or no such file in it.
func (r *Repo) Ancestor(ctx context.Context, path string) ([]byte, error) {
	if text, err := r.run(ctx, "show", ":1:./"+path); err == nil {
		return notNil(text), nil
	}
	for _, head := range []string{"MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD"} {
		base, err := r.run(ctx, "merge-base", "HEAD", head)
		if err != nil {
			continue
		}
		if text, err := r.run(ctx, "show", strings.TrimSpace(string(base))+":./"+path); err == nil {
			return notNil(text), nil
		}
	}
	return nil, ctx.Err()
}

func notNil(text []byte) []byte {
	if text == nil {
		return []byte{}
	}
	return text
}

// run returns what a git command prints.
func (r *Repo) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, bytes.TrimSpace(exit.Stderr))
	}
	if err != nil {
		return nil, fmt.Errorf("git %s: %w", args[0], err)
	}
	return out, nil
}
