// Package reconcile decides, file by file, what a run does to a user's
// module. It compares the text the generator would emit today with the text
// it emitted last time and the text on disk. It is pure: reading and writing
// are the caller's.
package reconcile

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// File is one pristine file: as emitted, before any edit of the user's.
type File struct {
	Path  string
	Class workspace.Class
	Data  []byte
	Mode  fs.FileMode // zero means 0644 less the umask
}

// Tree is the pristine output of a run, sorted by path. Make one with NewTree.
type Tree struct {
	// Output is the folder of the code. It may be another than in the last run.
	Output string
	files  []File
}

// NewTree sorts files and refuses paths that clash, also on systems where
// case does not count.
func NewTree(files ...File) (Tree, error) {
	t := Tree{files: slices.Clone(files)}
	slices.SortFunc(t.files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	seen := make(map[string]string, len(files))
	for i, f := range t.files {
		if err := workspace.CheckPath(f.Path); err != nil {
			return Tree{}, err
		}
		if f.Class < workspace.Gen || f.Class > workspace.Ledger {
			return Tree{}, fmt.Errorf("%s: emitted with %s", f.Path, f.Class)
		}
		folded := strings.ToLower(f.Path)
		if other, dup := seen[folded]; dup {
			return Tree{}, fmt.Errorf("%s and %s are emitted to the same place", other, f.Path)
		}
		seen[folded] = f.Path
		if f.Data == nil {
			t.files[i].Data = []byte{}
		}
	}
	return t, nil
}

// Find returns the file at path.
func (t Tree) Find(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(t.files, path, func(f File, p string) int { return cmp.Compare(f.Path, p) })
	if !ok {
		return File{}, false
	}
	return t.files[i], true
}
