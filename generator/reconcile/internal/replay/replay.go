// Package replay holds merges of public Go projects as data, and merges them again. It serves tests
// alone: what the project made of a merge is what ours is compared with.
//
// A merge is of four versions of a module. Base is what both sides come from, ours and theirs are the
// sides, result is what the project released afterwards. Nobody publishes all their merges, but fixes are
// ported between branches, and forks follow their origin, in public; sources.txt lists such releases, and
// ./record fetches them.
package replay

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/betterauth-gen/betterauth-gen/generator/merge"
)

// Merge is one merge of a project: the files that changed on both sides, and those with which they have
// exchanged declarations.
type Merge struct {
	Project, Licence           string
	Base, Ours, Theirs, Result string // modules with their versions
	Notices                    map[string]string
	Files                      []File
}

// File is one file of a merge. Ours and Theirs are differences from Base, and Result is one from ours, as
// unified diffs. A file that is nil, or that a diff deletes, does not exist in that version.
type File struct {
	Path                 string
	Base                 *string
	Ours, Theirs, Result string
	Git                  bool // git merge-file merges it cleanly
}

// newFile records four versions of a file.
func newFile(path string, v Versions) File {
	f := File{
		Path: path, Ours: merge.Unified(path, v.Base, v.Ours), Git: v.Git,
		Theirs: merge.Unified(path, v.Base, v.Theirs), Result: merge.Unified(path, v.Ours, v.Result),
	}
	if v.Base != nil {
		text := string(v.Base)
		f.Base = &text
	}
	return f
}

// Versions are the texts of a file.
type Versions struct {
	Base, Ours, Theirs, Result []byte
	Git                        bool // git merge-file merges them cleanly
}

// Versions puts the texts together again.
func (f File) Versions() (v Versions, err error) {
	v.Git = f.Git
	if f.Base != nil {
		v.Base = []byte(*f.Base)
	}
	if v.Ours, err = patch(v.Base, f.Ours); err != nil {
		return v, fmt.Errorf("%s, ours: %w", f.Path, err)
	}
	if v.Theirs, err = patch(v.Base, f.Theirs); err != nil {
		return v, fmt.Errorf("%s, theirs: %w", f.Path, err)
	}
	if v.Result, err = patch(v.Ours, f.Result); err != nil {
		return v, fmt.Errorf("%s, result: %w", f.Path, err)
	}
	return v, nil
}

// Contested reports that both sides changed the file, differently.
func (v Versions) Contested() bool {
	if v.Base == nil || v.Ours == nil || v.Theirs == nil {
		return false
	}
	return !merge.Same(v.Ours, v.Base) && !merge.Same(v.Theirs, v.Base) && !merge.Same(v.Ours, v.Theirs)
}

// Write records a merge in a file.
func (m *Merge) Write(file string) error {
	f, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("record a merge: %w", err)
	}
	zip, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err == nil {
		err = json.NewEncoder(zip).Encode(m)
	}
	if err == nil {
		err = zip.Close()
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return fmt.Errorf("record a merge: %w", err)
	}
	return nil
}

// Read reads what Write wrote.
func Read(file string) (*Merge, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read a merge: %w", err)
	}
	defer func() { _ = f.Close() }()
	zip, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	var m Merge
	if err := json.NewDecoder(zip).Decode(&m); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	_, err = io.Copy(io.Discard, zip) // the checksum is at the end
	return &m, err
}
