package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"testing"
)

func lazy(t *testing.T, dir string) *Dir {
	w := open(t, dir)
	w.disk = lazyDisk{rootDisk{w.root}}
	return w
}

// fault is what goes wrong at one operation.
type fault int

const (
	failsBefore fault = iota + 1 // one error, nothing done
	failsAfter                   // one error, although it was done
	diesBefore                   // the process is gone: nothing happens any more
	diesAfter                    // gone just after the operation
	diesTorn                     // gone in the middle of writing a file
	noSpace                      // writing files fails from here on
)

var faults = map[fault]string{
	failsBefore: "fails before", failsAfter: "fails after", diesBefore: "dies before",
	diesAfter: "dies after", diesTorn: "dies torn", noSpace: "disk full",
}

var errDead = errors.New("the process is dead")

// lazyDisk does not wait for the platter: what a power cut does to unsynced
// data cannot be seen here, and thousands of waits would take minutes.
type lazyDisk struct{ rootDisk }

func (d lazyDisk) syncDir(name string) error {
	_, err := d.lstat(name)
	return err
}

func (d lazyDisk) write(name string, data []byte, mode fs.FileMode, exact bool) error {
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if exact {
		err = errors.Join(err, f.Chmod(mode))
	}
	return errors.Join(err, f.Close())
}

// faultyDisk passes operations on until the n-th, counted from one.
type faultyDisk struct {
	disk
	kind  fault
	n     int
	count int
	fired bool
	dead  bool
	full  bool
}

// do runs op, or not, as the fault wants. torn does half of op.
func (f *faultyDisk) do(op, torn func() error, needsSpace bool) error {
	if f.dead {
		return errDead
	}
	f.count++
	if f.full && needsSpace {
		return syscall.ENOSPC
	}
	if f.count != f.n {
		return op()
	}
	f.fired = true
	switch f.kind {
	case failsBefore:
		return syscall.EIO
	case failsAfter:
		if err := op(); err != nil {
			return err
		}
		return syscall.EIO
	case diesBefore:
		f.dead = true
		return errDead
	case diesAfter:
		f.dead = true
		_ = op()
		return errDead
	case diesTorn:
		f.dead = true
		_ = torn()
		return errDead
	default:
		f.full = true
		if needsSpace {
			return syscall.ENOSPC
		}
		return op()
	}
}

func (f *faultyDisk) plain(op func() error) error { return f.do(op, op, false) }

func (f *faultyDisk) lstat(name string) (info fs.FileInfo, err error) {
	err = f.plain(func() (e error) { info, e = f.disk.lstat(name); return e })
	return info, err
}

func (f *faultyDisk) readFile(name string) (data []byte, err error) {
	err = f.plain(func() (e error) { data, e = f.disk.readFile(name); return e })
	return data, err
}

func (f *faultyDisk) readDir(name string) (list []fs.DirEntry, err error) {
	err = f.plain(func() (e error) { list, e = f.disk.readDir(name); return e })
	return list, err
}

func (f *faultyDisk) write(name string, data []byte, mode fs.FileMode, exact bool) error {
	whole := func() error { return f.disk.write(name, data, mode, exact) }
	half := func() error { return f.disk.write(name, data[:len(data)/2], mode, exact) }
	return f.do(whole, half, true)
}

func (f *faultyDisk) mkdir(name string) error {
	op := func() error { return f.disk.mkdir(name) }
	return f.do(op, op, true)
}
func (f *faultyDisk) rename(from, to string) error {
	return f.plain(func() error { return f.disk.rename(from, to) })
}
func (f *faultyDisk) remove(name string) error {
	return f.plain(func() error { return f.disk.remove(name) })
}
func (f *faultyDisk) syncDir(name string) error {
	return f.plain(func() error { return f.disk.syncDir(name) })
}

// scenario is a module before a run and the changes of the run: a file of
// each fate, folders that come and go, and the lock.
func scenario() (before, after tree, changes []Change) {
	before = tree{
		"go.mod":                  "module x\n",
		"internal/auth/gone/b.go": "package gone\n",
		"internal/auth/keep.go":   "package auth\n",
		"internal/auth/empty.txt": "",
		LockPath:                  "old lock\n",
	}
	after = tree{
		"go.mod":                      "module x\n\nrequire y v1.0.0\n",
		"internal/auth/new/deep/c.go": "package deep\n",
		"internal/auth/keep.go":       "package auth\n",
		"internal/auth/empty.txt":     "no longer\n",
		LockPath:                      "new lock\n",
	}
	return before, after, changesBetween(before, after)
}

func changesBetween(before, after tree) []Change {
	var out []Change
	for path, old := range before {
		c := Change{Path: path, Before: []byte(old)}
		if text, ok := after[path]; ok {
			c.After = []byte(text)
		}
		out = append(out, c)
	}
	for path, text := range after {
		if _, ok := before[path]; !ok {
			out = append(out, Change{Path: path, After: []byte(text)})
		}
	}
	return out
}

// TestEveryFault breaks a run at each of its operations in each way, and then
// expects the whole old or the whole new state: at once when the process
// lives on, and after Recover when it died.
func TestEveryFault(t *testing.T) {
	before, after, changes := scenario()
	for kind, name := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			points, old, fresh := 0, 0, 0
			for n := 1; ; n++ {
				dir := before.write(t)
				w := open(t, dir)
				f := &faultyDisk{disk: lazyDisk{rootDisk{w.root}}, kind: kind, n: n}
				w.disk = f
				err := w.Apply(t.Context(), changes)
				if !f.fired {
					if err != nil {
						t.Fatalf("no fault, yet: %v", err)
					}
					break
				}
				points++
				if !f.dead {
					checkAlive(t, fmt.Sprintf("%s at %d", name, n), dir, err, before, after, kind)
				}
				if _, err := lazy(t, dir).Recover(); err != nil {
					t.Fatalf("%s at %d: recover: %v", name, n, err)
				}
				switch got := readTree(t, dir); {
				case got.equal(before):
					old++
				case got.equal(after):
					fresh++
				default:
					t.Fatalf("%s at %d: a mix of old and new:\n%v", name, n, got)
				}
			}
			t.Logf("%d points: %d old, %d new", points, old, fresh)
			if points < 40 || old == 0 || fresh == 0 {
				t.Errorf("%d points, %d old, %d new: the test does not cover both states", points, old, fresh)
			}
		})
	}
}

// checkAlive: a process that lives on must have cleaned up by itself, and
// must report an error exactly when the old state stands.
func checkAlive(t *testing.T, what, dir string, err error, before, after tree, kind fault) {
	t.Helper()
	got := readTree(t, dir)
	got.dropHidden()
	switch {
	case err == nil && !got.equal(after):
		t.Errorf("%s: no error, but the new state is not there:\n%v", what, got)
	case err != nil && !got.equal(before) && !(kind == failsAfter && got.equal(after)):
		t.Errorf("%s: %v, but the old state is not there:\n%v", what, err, got)
	}
}

// TestFaultsDuringRecovery kills a run at each operation, and then the
// recovery at each of its operations.
func TestFaultsDuringRecovery(t *testing.T) {
	t.Parallel()
	before, after, changes := smallScenario()
	pairs := 0
	for n := 1; ; n++ {
		fired := false
		for m := 1; ; m++ {
			dir := before.write(t)
			w := open(t, dir)
			first := &faultyDisk{disk: lazyDisk{rootDisk{w.root}}, kind: diesAfter, n: n}
			w.disk = first
			_ = w.Apply(t.Context(), changes)
			if fired = first.fired; !fired {
				break
			}
			w = open(t, dir)
			second := &faultyDisk{disk: lazyDisk{rootDisk{w.root}}, kind: diesAfter, n: m}
			w.disk = second
			_, _ = w.Recover()
			if _, err := lazy(t, dir).Recover(); err != nil {
				t.Fatalf("%d, %d: %v", n, m, err)
			}
			if got := readTree(t, dir); !got.equal(before) && !got.equal(after) {
				t.Fatalf("%d, %d: a mix of old and new:\n%v", n, m, got)
			}
			pairs++
			if !second.fired {
				break
			}
		}
		if !fired {
			break
		}
	}
	if pairs < 100 {
		t.Errorf("only %d pairs", pairs)
	}
}

func smallScenario() (before, after tree, changes []Change) {
	before = tree{"a/x.go": "old\n", "b/y.go": "gone\n", LockPath: "1\n"}
	after = tree{"a/x.go": "new\n", "c/z.go": "come\n", LockPath: "2\n"}
	return before, after, changesBetween(before, after)
}
