//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// lockFile creates the file exclusively where there is no flock. After a
// crash it has to be removed by hand.
func lockFile(root *os.Root) (*os.File, error) {
	f, err := root.OpenFile(runLockPath, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%w; if not, remove %s", busy(root), runLockPath)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", runLockPath, err)
	}
	return f, nil
}
