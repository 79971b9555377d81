package reconcile

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// Input is everything a decision depends on.
type Input struct {
	Version string // of the generator, for the new lock
	Tree    Tree
	Lock    *workspace.Lock
	Disk    map[string][]byte // what is on disk; missing keys do not exist
	Bases   map[string][]byte // path of a shared file → text emitted last
	Patches []Patch
	Choices Choices
}

// Patch is an edit the caller made to a file that is the user's, such as
// go.mod. The edit stands on Before; if the disk changes meanwhile, nothing
// is written.
type Patch struct {
	Path   string
	Before []byte // nil if there is no such file
	After  []byte
	Mode   fs.FileMode
}

// Choices are what the user said about single files.
type Choices struct {
	Force   []string // overwrite, although edited or not ours
	Ours    []string // in a conflict keep the file on disk
	Theirs  []string // in a conflict take the new text
	Restore []string // create again, although deleted
	// Markers writes conflicts into the files instead of stopping.
	Markers bool
}

// Load reads what Decide needs to know about the files of tree and of the
// lock. The caller sets the remaining fields.
func Load(r workspace.Reader, tree Tree) (Input, error) {
	in := Input{Tree: tree, Disk: map[string][]byte{}, Bases: map[string][]byte{}}
	var err error
	if in.Lock, err = workspace.ReadLock(r); err != nil {
		return Input{}, err
	}
	paths := []string{workspace.LockPath, workspace.AttrsPath}
	for _, f := range tree.files {
		paths = append(paths, f.Path)
	}
	for _, e := range in.Lock.Entries {
		paths = append(paths, e.Path)
	}
	for _, path := range paths {
		if err := readInto(in.Disk, path, r, path); err != nil {
			return Input{}, err
		}
	}
	bases, err := r.List(workspace.BaseDir)
	if err != nil {
		return Input{}, err
	}
	for _, file := range bases {
		path, ok := workspace.PathOfBase(file)
		if !ok {
			continue
		}
		if err := readInto(in.Bases, path, r, file); err != nil {
			return Input{}, err
		}
	}
	return in, nil
}

func readInto(m map[string][]byte, key string, r workspace.Reader, path string) error {
	data, err := r.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	m[key] = data
	return nil
}
