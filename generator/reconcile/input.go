package reconcile

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/generator/merge"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// Input is everything a decision depends on.
type Input struct {
	Version string // of the generator, for the new lock
	Tree    Tree
	Lock    *workspace.Lock
	Disk    map[string][]byte // what is on disk; missing keys do not exist
	Bases   map[string][]byte // path of a shared file → text emitted last
	// Own are files of the user's in the folders of shared files that cannot be
	// merged without a look around: declarations may have moved there.
	Own map[string][]byte
	// Older are bases to decide by instead of those in Bases, which version
	// control could not merge.
	Older map[string][]byte
	// Relocated are recorded files by their new path, with the one they were recorded under.
	Relocated map[string]string
	Patches   []Patch
	Choices   Choices
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

// Load reads what Decide needs to know about the files of tree and of the
// lock. The caller sets the remaining fields. Ancestor, if not nil, returns a
// file as it was before the branches of an unfinished merge parted; it is asked
// about bases, and a lock, that hold conflict markers.
func Load(r workspace.Reader, tree Tree, ancestor func(path string) ([]byte, error)) (Input, error) {
	in := Input{Tree: tree, Disk: map[string][]byte{}, Bases: map[string][]byte{}, Older: map[string][]byte{}}
	var err error
	readLock := workspace.ReadLock
	if ancestor != nil {
		readLock = workspace.ReadBothLocks
	}
	if in.Lock, err = readLock(r); err != nil {
		return Input{}, err
	}
	if err := in.relocate(r); err != nil {
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
	now := map[string]string{} // path that was recorded → path
	for to, from := range in.Relocated {
		now[from] = to
	}
	for _, file := range bases {
		path, ok := workspace.PathOfBase(file)
		if !ok {
			continue
		}
		if to, moved := now[path]; moved {
			path = to
		}
		if err := readInto(in.Bases, path, r, file); err != nil {
			return Input{}, err
		}
		if ancestor == nil || !merge.HasMarkers(in.Bases[path]) {
			continue
		}
		if in.Older[path], err = ancestor(file); err != nil {
			return Input{}, err
		}
	}
	return in, in.lookAround(r)
}

// base is the text to take for what was emitted last.
func (in *Input) base(path string) ([]byte, bool) {
	if older := in.Older[path]; older != nil {
		return older, true
	}
	kept, ok := in.Bases[path]
	return kept, ok
}

// lookAround reads the user's own files next to shared files that are gone or
// that the new version changes.
func (in *Input) lookAround(r workspace.Reader) error {
	in.Own = map[string][]byte{}
	emitted := map[string]bool{}
	recorded := map[string]bool{}
	folders := map[string]bool{}
	for _, e := range in.Lock.Entries {
		emitted[e.Path] = true
		recorded[path.Dir(e.Path)] = true
		base, known := in.base(e.Path)
		if e.Class != workspace.Shared || !known {
			continue
		}
		ours, theirs := in.Disk[e.Path], []byte(nil)
		if f, ok := in.Tree.Find(e.Path); ok {
			theirs = f.Data
		}
		if ours == nil || theirs == nil || !merge.Same(theirs, base) {
			folders[path.Dir(e.Path)] = true
		}
	}
	for _, f := range in.Tree.files {
		if dir := path.Dir(f.Path); !emitted[f.Path] && f.Class == workspace.Shared && recorded[dir] {
			folders[dir] = true
		}
		emitted[f.Path] = true
	}
	for _, dir := range slices.Sorted(maps.Keys(folders)) {
		files, err := r.List(dir)
		if err != nil {
			return err
		}
		for _, file := range files {
			if emitted[file] || path.Dir(file) != dir || path.Ext(file) != ".go" && path.Ext(file) != ".sql" {
				continue
			}
			if err := readInto(in.Own, file, r, file); err != nil {
				return err
			}
		}
	}
	return nil
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
