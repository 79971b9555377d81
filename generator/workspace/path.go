package workspace

import (
	"fmt"
	"io/fs"
	"strings"
)

// Where the tool keeps its own files in a module.
const (
	Home      = ".betterauth"
	LockPath  = Home + "/lock.yaml"
	BaseDir   = Home + "/base"
	AttrsPath = Home + "/.gitattributes"

	stageDir    = Home + "/stage"
	journalPath = Home + "/journal"
	runLockPath = Home + "/run.lock"

	baseExt = ".base" // hides bases from the go command and from editors
)

// Attrs is the content of AttrsPath: reviewers see bases collapsed, and they
// stay LF in every checkout, so that they compare equal everywhere.
const Attrs = "base/** linguist-generated=true text eol=lf\n"

// BasePath is where the pristine text of a shared file is kept.
func BasePath(path string) string { return BaseDir + "/" + path + baseExt }

// PathOfBase is the inverse of BasePath.
func PathOfBase(base string) (string, bool) {
	path, inDir := strings.CutPrefix(base, BaseDir+"/")
	path, hasExt := strings.CutSuffix(path, baseExt)
	return path, inDir && hasExt
}

// CheckPath accepts clean, relative slash paths that mean the same on every
// system and are safe to print on a line of their own.
func CheckPath(path string) error {
	bad := func(r rune) bool { return r < ' ' || r == 0x7f || strings.ContainsRune(`\:*?"<>|`, r) }
	switch {
	case !fs.ValidPath(path), path == ".", strings.ContainsFunc(path, bad):
		return fmt.Errorf("%q: %w", path, ErrPath)
	case path == ".git", strings.HasPrefix(path, ".git/"):
		return fmt.Errorf("%q belongs to git: %w", path, ErrPath)
	}
	return nil
}
