package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path"
)

// disk is every operation a commit makes, each small enough to be either done
// or not done. Tests put a failing disk in its place.
type disk interface {
	lstat(name string) (fs.FileInfo, error)
	readFile(name string) ([]byte, error)
	readDir(name string) ([]fs.DirEntry, error)
	// write creates a file that must not exist and forces it to the platter.
	// With exact the mode is set as given, otherwise less the umask.
	write(name string, data []byte, mode fs.FileMode, exact bool) error
	mkdir(name string) error
	rename(from, to string) error
	remove(name string) error
	syncDir(name string) error
}

// rootDisk is the real disk. os.Root resolves every name inside the module
// and refuses symbolic links that lead out of it.
type rootDisk struct{ root *os.Root }

var _ disk = rootDisk{}

func (d rootDisk) lstat(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }
func (d rootDisk) mkdir(name string) error                { return d.root.Mkdir(name, 0o755) }
func (d rootDisk) rename(from, to string) error           { return d.root.Rename(from, to) }
func (d rootDisk) remove(name string) error               { return d.root.Remove(name) }

func (d rootDisk) readFile(name string) ([]byte, error) {
	data, err := d.root.ReadFile(name)
	if data == nil && err == nil {
		data = []byte{}
	}
	return data, err
}

func (d rootDisk) readDir(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(d.root.FS(), name)
}

func (d rootDisk) write(name string, data []byte, mode fs.FileMode, exact bool) error {
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil && exact {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// syncDir makes renames in a directory durable. Systems that cannot sync a
// directory order their renames by themselves.
func (d rootDisk) syncDir(name string) error {
	f, err := d.root.Open(name)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) && !errors.Is(err, fs.ErrPermission) {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// exists reports whether anything is at name.
func exists(d disk, name string) (bool, error) {
	_, err := d.lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// missingDirs lists the directories above name that do not exist, outermost
// first.
func missingDirs(d disk, name string) ([]string, error) {
	var out []string
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		ok, err := exists(d, dir)
		if err != nil {
			return nil, err
		}
		if ok {
			break
		}
		out = append([]string{dir}, out...)
	}
	return out, nil
}

// mkdirAll creates the directories above name.
func mkdirAll(d disk, name string) error {
	dirs, err := missingDirs(d, name)
	for _, dir := range dirs {
		if err == nil {
			err = d.mkdir(dir)
		}
	}
	return err
}

// removeIfEmpty removes a directory unless something is in it.
func removeIfEmpty(d disk, dir string) (removed bool, err error) {
	entries, err := d.readDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || len(entries) > 0 {
		return false, err
	}
	return true, d.remove(dir)
}
