// Package workspace is the only place that touches the disk of a user's
// module. Planning gets a Reader, which cannot write; applying a plan gets a
// Writer, which writes everything or nothing.
package workspace

import (
	"context"
	"errors"
	"io/fs"
)

// Reader is a read-only view of a module. Paths are relative to its root,
// with slashes.
type Reader interface {
	// ReadFile returns the content, never nil, or an error that is
	// fs.ErrNotExist.
	ReadFile(path string) ([]byte, error)
	// Exists reports whether path is a regular file.
	Exists(path string) (bool, error)
	// List returns the paths of all regular files below dir, sorted. A
	// missing dir has none.
	List(dir string) ([]string, error)
}

// Writer commits a set of changes as one.
type Writer interface {
	Apply(ctx context.Context, changes []Change) error
}

// Change is what should become of one file. A nil slice means the file does
// not exist, an empty one that it is empty. A change whose Before and After
// are equal writes nothing but still asserts that the file is as planned.
type Change struct {
	Path   string
	Before []byte // what the plan was made from; the disk must still hold it
	After  []byte
	// Mode is set on a new file; zero means 0644 less the umask. An existing
	// file keeps its mode, except that bits missing from Mode are taken away:
	// a secret does not become readable by being updated.
	Mode fs.FileMode
}

// The reasons for which Apply refuses, all before anything is written.
var (
	ErrChanged  = errors.New("changed on disk since it was read")
	ErrBusy     = errors.New("another run is at work in this module")
	ErrSymlink  = errors.New("is a symbolic link")
	ErrReadOnly = errors.New("is read-only")
	ErrPath     = errors.New("not a path inside the module")
	// ErrInterrupted comes from Recover, when files were edited after a run
	// was cut short.
	ErrInterrupted = errors.New("edited after a run was interrupted")
)
