package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestApply(t *testing.T) {
	before, after, changes := scenario()
	dir := before.write(t)
	if err := open(t, dir).Apply(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	if got := readTree(t, dir); !got.equal(after) {
		t.Errorf("got %v, want %v", got, after)
	}
}

func TestApplyNothingTouchesNothing(t *testing.T) {
	dir := tree{"a.go": "x\n"}.write(t)
	w := open(t, dir)
	if err := w.Apply(t.Context(), []Change{{Path: "a.go", Before: []byte("x\n"), After: []byte("x\n")}}); err != nil {
		t.Fatal(err)
	}
	if got := readTree(t, dir); !got.equal(tree{"a.go": "x\n"}) {
		t.Errorf("got %v", got)
	}
}

func TestUnchangedFilesKeepTheirTime(t *testing.T) {
	dir := tree{"same.go": "x\n", "other.go": "x\n"}.write(t)
	past := time.Now().Add(-time.Hour).Truncate(time.Second)
	if err := os.Chtimes(filepath.Join(dir, "same.go"), past, past); err != nil {
		t.Fatal(err)
	}
	err := open(t, dir).Apply(t.Context(), []Change{
		{Path: "same.go", Before: []byte("x\n"), After: []byte("x\n")},
		{Path: "other.go", Before: []byte("x\n"), After: []byte("y\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "same.go"))
	if err != nil || !info.ModTime().Equal(past) {
		t.Errorf("rewritten: %v %v", info.ModTime(), err)
	}
}

func TestModes(t *testing.T) {
	dir := tree{"run.sh": "1", "open.env": "1", "tight.env": "1"}.write(t)
	for name, mode := range map[string]fs.FileMode{"run.sh": 0o775, "open.env": 0o644, "tight.env": 0o600} {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	err := open(t, dir).Apply(t.Context(), []Change{
		{Path: ".env", After: []byte("S=1"), Mode: 0o600},
		{Path: "run.sh", Before: []byte("1"), After: []byte("2")},
		{Path: "open.env", Before: []byte("1"), After: []byte("2"), Mode: 0o600},
		{Path: "tight.env", Before: []byte("1"), After: []byte("2"), Mode: 0o644},
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{".env": 0o600, "run.sh": 0o775, "open.env": 0o600, "tight.env": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v (%v)", name, info.Mode().Perm(), want, err)
		}
	}
}

// TestRefusals: whatever is wrong with one file, nothing at all is written.
func TestRefusals(t *testing.T) {
	tests := []struct {
		name   string
		spoil  func(t *testing.T, dir string)
		change Change
		want   error
	}{
		{"edited since", rewrite("f.go", "mine\n"), Change{Path: "f.go", Before: []byte("f\n"), After: []byte("g\n")}, ErrChanged},
		{"deleted since", drop("f.go"), Change{Path: "f.go", Before: []byte("f\n"), After: []byte("g\n")}, ErrChanged},
		{"created since", rewrite("n.go", "mine\n"), Change{Path: "n.go", After: []byte("n\n")}, ErrChanged},
		{"config deleted midway", drop("betterauth.yaml"), Change{Path: "betterauth.yaml", Before: []byte("c\n"), After: []byte("c\n")}, ErrChanged},
		{"go.mod edited midway", rewrite("go.mod", "module y\n"), Change{Path: "go.mod", Before: []byte("module x\n"), After: []byte("module x\n//\n")}, ErrChanged},
		{"read-only", chmod("f.go", 0o444), Change{Path: "f.go", Before: []byte("f\n"), After: []byte("g\n")}, ErrReadOnly},
		{"linked file", link("l.go", "f.go"), Change{Path: "l.go", Before: []byte("f\n"), After: []byte("g\n")}, ErrSymlink},
		{"folder linked out", link("out", ".."), Change{Path: "out/x.go", After: []byte("x\n")}, nil},
		{"absolute", nil, Change{Path: "/etc/passwd", After: []byte("x\n")}, ErrPath},
		{"outside", nil, Change{Path: "../x.go", After: []byte("x\n")}, ErrPath},
		{"hook", nil, Change{Path: ".git/hooks/pre-commit", After: []byte("x\n")}, ErrPath},
		{"journal", nil, Change{Path: journalPath, After: []byte("x\n")}, ErrPath},
		{"folder in the way", mkdir("d.go"), Change{Path: "d.go", After: []byte("x\n")}, nil},
		{"file and folder", nil, Change{Path: "good.go/x", After: []byte("x\n")}, nil},
		{"twice", nil, Change{Path: "good.go", After: []byte("x\n")}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := tree{"f.go": "f\n", "betterauth.yaml": "c\n", "go.mod": "module x\n"}.write(t)
			if tt.spoil != nil {
				tt.spoil(t, dir)
			}
			before := readTree(t, dir)
			err := open(t, dir).Apply(t.Context(), []Change{{Path: "good.go", After: []byte("good\n")}, tt.change})
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			if got := readTree(t, dir); !got.equal(before) {
				t.Errorf("something was written: %v", got)
			}
		})
	}
}

func rewrite(name, text string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func drop(name string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}

func chmod(name string, mode fs.FileMode) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
}

func link(name, target string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
}

func mkdir(name string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUnwritableFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write anywhere; the fault tests cover the error")
	}
	dir := tree{"sub/a.go": "a\n", "b.go": "b\n"}.write(t)
	chmod("sub", 0o555)(t, dir)
	t.Cleanup(func() { chmod("sub", 0o755)(t, dir) })
	err := open(t, dir).Apply(t.Context(), []Change{
		{Path: "b.go", Before: []byte("b\n"), After: []byte("B\n")},
		{Path: "sub/a.go", Before: []byte("a\n"), After: []byte("A\n")},
	})
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
	if got := readTree(t, dir); !got.equal(tree{"sub/a.go": "a\n", "b.go": "b\n"}) {
		t.Errorf("got %v", got)
	}
}

// deniedDisk refuses what a folder without write permission refuses.
type deniedDisk struct {
	disk
	folder string
}

func (d deniedDisk) rename(from, to string) error {
	if strings.HasPrefix(from, d.folder) || strings.HasPrefix(to, d.folder) {
		return &fs.PathError{Op: "rename", Path: from, Err: syscall.EACCES}
	}
	return d.disk.rename(from, to)
}

func TestDeniedFolderUndoesTheRest(t *testing.T) {
	before := tree{"a/x.go": "x\n", "sub/y.go": "y\n"}
	dir := before.write(t)
	w := open(t, dir)
	w.disk = deniedDisk{w.disk, "sub/"}
	err := w.Apply(t.Context(), []Change{
		{Path: "a/x.go", Before: []byte("x\n"), After: []byte("X\n")},
		{Path: "sub/y.go", Before: []byte("y\n"), After: []byte("Y\n")},
	})
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "sub/y.go") {
		t.Errorf("got %v", err)
	}
	if got := readTree(t, dir); !got.equal(before) {
		t.Errorf("got %v", got)
	}
}

// tracingDisk notes what is moved into the module, in order.
type tracingDisk struct {
	disk
	moved *[]string
}

func (d tracingDisk) rename(from, to string) error {
	if strings.HasSuffix(from, ".new") {
		*d.moved = append(*d.moved, to)
	}
	return d.disk.rename(from, to)
}

func TestLockComesLast(t *testing.T) {
	before, _, changes := scenario()
	w := open(t, before.write(t))
	var moved []string
	w.disk = tracingDisk{w.disk, &moved}
	if err := w.Apply(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	if len(moved) < 3 || moved[len(moved)-1] != LockPath {
		t.Errorf("moved in this order: %v", moved)
	}
}

// TestOvertaken: two runs plan on one tree, and the second to finish is told of the first rather than of its files.
func TestOvertaken(t *testing.T) {
	for name, before := range map[string]tree{"first": {}, "later": {"a.go": "a\n", LockPath: "1\n"}} {
		dir := before.write(t)
		text := func(path string) []byte {
			if s, ok := before[path]; ok {
				return []byte(s)
			}
			return nil
		}
		run := func(mark string) error {
			return open(t, dir).Apply(t.Context(), []Change{
				{Path: "a.go", Before: text("a.go"), After: []byte(mark)},
				{Path: LockPath, Before: text(LockPath), After: []byte(mark)},
			})
		}
		if err := run("A\n"); err != nil {
			t.Fatal(err)
		}
		err := run("B\n")
		if !errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), "another run has written") || strings.Contains(err.Error(), "a.go") {
			t.Errorf("%s: %v", name, err)
		}
		if got := readTree(t, dir); !got.equal(tree{"a.go": "A\n", LockPath: "A\n"}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// savingDisk saves a file, as an editor might, just before it is replaced.
type savingDisk struct {
	disk
	save func()
	at   string
}

func (d savingDisk) rename(from, to string) error {
	if from == d.at {
		d.save()
	}
	return d.disk.rename(from, to)
}

func TestEditDuringCommitIsKept(t *testing.T) {
	dir := tree{"a.go": "a\n", "b.go": "b\n"}.write(t)
	w := open(t, dir)
	w.disk = savingDisk{w.disk, func() { rewrite("b.go", "my edit\n")(t, dir) }, "b.go"}
	err := w.Apply(t.Context(), []Change{
		{Path: "a.go", Before: []byte("a\n"), After: []byte("A\n")},
		{Path: "b.go", Before: []byte("b\n"), After: []byte("B\n")},
	})
	if !errors.Is(err, ErrChanged) {
		t.Errorf("got %v", err)
	}
	if got := readTree(t, dir); !got.equal(tree{"a.go": "a\n", "b.go": "my edit\n"}) {
		t.Errorf("got %v", got)
	}
}

func TestFileCreatedDuringCommitIsKept(t *testing.T) {
	dir := tree{"a.go": "a\n"}.write(t)
	w := open(t, dir)
	w.disk = savingDisk{w.disk, func() { rewrite("new.go", "mine\n")(t, dir) }, "a.go"}
	err := w.Apply(t.Context(), []Change{
		{Path: "a.go", Before: []byte("a\n"), After: []byte("A\n")},
		{Path: "new.go", After: []byte("new\n")},
	})
	if !errors.Is(err, ErrChanged) {
		t.Errorf("got %v", err)
	}
	if got := readTree(t, dir); !got.equal(tree{"a.go": "a\n", "new.go": "mine\n"}) {
		t.Errorf("got %v", got)
	}
}

// TestEditAfterCrashIsKept: recovery must not trade an edit for tidiness.
func TestEditAfterCrashIsKept(t *testing.T) {
	dir := crashed(t, diesAfter, "a/x.go")
	rewrite("a/x.go", "my edit\n")(t, dir)
	w := open(t, dir)
	if _, err := w.Recover(); !errors.Is(err, ErrInterrupted) || !strings.Contains(err.Error(), "a/x.go") {
		t.Fatalf("got %v", err)
	}
	if got := readTree(t, dir)["a/x.go"]; got != "my edit\n" {
		t.Fatalf("the edit is gone: %q", got)
	}
	drop("a/x.go")(t, dir)
	undone, err := w.Recover()
	before, _, _ := smallScenario()
	if got := readTree(t, dir); err != nil || !undone || !got.equal(before) {
		t.Errorf("%v %v %v", undone, err, got)
	}
}

// crashed returns a module in which a run died right after it had put the new
// text of path in place.
func crashed(t *testing.T, kind fault, path string) string {
	t.Helper()
	before, after, changes := smallScenario()
	for n := 1; n < 1000; n++ {
		dir := before.write(t)
		w := open(t, dir)
		w.disk = &faultyDisk{disk: w.disk, kind: kind, n: n}
		_ = w.Apply(t.Context(), changes)
		if got := readTree(t, dir); got[path] == after[path] {
			return dir
		}
	}
	t.Fatal("never got there")
	return ""
}

func TestPendingAndNextApply(t *testing.T) {
	dir := crashed(t, diesAfter, "c/z.go")
	w := open(t, dir)
	if pending, err := w.Pending(); err != nil || !pending {
		t.Fatalf("pending %v, %v", pending, err)
	}
	_, after, changes := smallScenario()
	if err := w.Apply(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	if got := readTree(t, dir); !got.equal(after) {
		t.Errorf("got %v", got)
	}
}

func TestDamagedJournalStops(t *testing.T) {
	dir := tree{journalPath: "{"}.write(t)
	if _, err := open(t, dir).Recover(); err == nil || !strings.Contains(err.Error(), journalPath) {
		t.Errorf("got %v", err)
	}
	dir = tree{journalPath: `{"steps":[{"path":"../x","new":"1"}]}`}.write(t)
	if _, err := open(t, dir).Recover(); !errors.Is(err, ErrPath) {
		t.Errorf("got %v", err)
	}
}

func TestCancelled(t *testing.T) {
	before, _, changes := scenario()
	dir := before.write(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := open(t, dir).Apply(ctx, changes); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := readTree(t, dir); !got.equal(before) {
		t.Errorf("got %v", got)
	}
}

func TestSecondRunIsTurnedAway(t *testing.T) {
	before, _, changes := smallScenario()
	dir := before.write(t)
	w := open(t, dir)
	release, err := acquire(w.root)
	if err != nil {
		t.Fatal(err)
	}
	err = open(t, dir).Apply(t.Context(), changes)
	if want := fmt.Sprintf("(process %d)", os.Getpid()); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v", err)
	}
	release()
	if got := readTree(t, dir); !got.equal(before) {
		t.Errorf("the lock left something: %v", got)
	}
	if err := open(t, dir).Apply(t.Context(), changes); err != nil {
		t.Errorf("after release: %v", err)
	}
}

func killMyself() {
	if self, err := os.FindProcess(os.Getpid()); err == nil {
		_ = self.Kill()
	}
	select {} // until the signal arrives
}

// TestKilledProcess kills a real process in the middle of a commit.
func TestKilledProcess(t *testing.T) {
	if dir := os.Getenv("WORKSPACE_TEST_DIE_IN"); dir != "" {
		w := open(t, dir)
		w.disk = savingDisk{w.disk, killMyself, "b/y.go"}
		_, _, changes := smallScenario()
		_ = w.Apply(t.Context(), changes)
		t.Fatal("still alive")
	}
	before, after, changes := smallScenario()
	dir := before.write(t)
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledProcess$")
	cmd.Env = append(os.Environ(), "WORKSPACE_TEST_DIE_IN="+dir)
	if out, err := cmd.CombinedOutput(); cmd.ProcessState == nil || cmd.ProcessState.Exited() {
		t.Fatalf("not killed: %v\n%s", err, out)
	}
	w := open(t, dir)
	if pending, err := w.Pending(); err != nil || !pending {
		t.Fatalf("pending %v, %v", pending, err)
	}
	if undone, err := w.Recover(); err != nil || !undone {
		t.Fatalf("recover: %v, %v", undone, err)
	}
	if got := readTree(t, dir); !got.equal(before) {
		t.Errorf("got %v", got)
	}
	if err := w.Apply(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	if got := readTree(t, dir); !got.equal(after) {
		t.Errorf("got %v", got)
	}
}

func TestReader(t *testing.T) {
	dir := tree{"a/b/c.go": "c\n", "a/d.go": "", "e.go": "e\n"}.write(t)
	w := open(t, dir)
	if got, err := w.List("a"); err != nil || !slices.Equal(got, []string{"a/b/c.go", "a/d.go"}) {
		t.Errorf("List: %v, %v", got, err)
	}
	if got, err := w.List("none"); err != nil || len(got) != 0 {
		t.Errorf("List of nothing: %v, %v", got, err)
	}
	if data, err := w.ReadFile("a/d.go"); err != nil || data == nil {
		t.Errorf("an empty file reads as %#v, %v", data, err)
	}
	if _, err := w.ReadFile("none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	for path, want := range map[string]bool{"e.go": true, "a": false, "none": false} {
		if got, err := w.Exists(path); err != nil || got != want {
			t.Errorf("Exists(%s) = %v, %v", path, got, err)
		}
	}
	link("out", "/etc")(t, dir)
	if _, err := w.ReadFile("out/passwd"); err == nil {
		t.Error("a link out of the module was followed")
	}
	if _, err := w.ReadFile("../x"); !errors.Is(err, ErrPath) {
		t.Errorf("got %v", err)
	}
}
