//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package workspace

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// lockFile takes an flock, which the kernel drops when the process dies. The
// file is removed on release, so a lock counts only if the locked file is
// still the one at the path.
func lockFile(root *os.Root) (*os.File, error) {
	for {
		f, err := root.OpenFile(runLockPath, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", runLockPath, err)
		}
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
			_ = f.Close()
			if errors.Is(err, syscall.EWOULDBLOCK) {
				return nil, busy(root)
			}
			return nil, fmt.Errorf("lock %s: %w", runLockPath, err)
		}
		if current(root, f) {
			return f, nil
		}
		_ = f.Close()
	}
}

func current(root *os.Root, f *os.File) bool {
	mine, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := root.Stat(runLockPath)
	return err == nil && os.SameFile(mine, there)
}
