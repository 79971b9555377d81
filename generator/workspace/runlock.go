package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// acquire keeps other runs out of the module until release is called. The
// lock leaves nothing behind: release removes the file, and the directory if
// nothing else came into it.
func acquire(root *os.Root) (release func(), err error) {
	if err := root.Mkdir(Home, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("create %s: %w", Home, err)
	}
	f, err := lockFile(root)
	if err != nil {
		if !errors.Is(err, ErrBusy) {
			_ = root.Remove(Home) // fails unless empty, as it should
		}
		return nil, err
	}
	// The content only serves the message another run prints.
	_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return func() {
		_ = root.Remove(runLockPath) // a file that stays is no lock: closing frees it
		_ = f.Close()
		_ = root.Remove(Home)
	}, nil
}

func busy(root *os.Root) error {
	pid, err := root.ReadFile(runLockPath)
	if n, convErr := strconv.Atoi(strings.TrimSpace(string(pid))); err == nil && convErr == nil {
		return fmt.Errorf("%w (process %d); wait until it is done", ErrBusy, n)
	}
	return fmt.Errorf("%w; wait until it is done", ErrBusy)
}
