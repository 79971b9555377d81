package render

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// copySpec copies a folder of reference code.
type copySpec struct {
	from  fs.FS
	dir   string // folder in from
	to    string // folder in the user's repository
	class workspace.Class
	skip  func(name string) bool
	test  bool // the whole folder serves tests
}

// copyDir adds the files of a folder, and of those below it, to the tree.
func (t *tree) copyDir(c copySpec) error {
	return fs.WalkDir(c.from, c.dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		below := strings.TrimPrefix(strings.TrimPrefix(name, c.dir), "/")
		if c.skip != nil && c.skip(below) {
			return nil
		}
		text, err := fs.ReadFile(c.from, name)
		if err != nil {
			return fmt.Errorf("reference code: %w", err)
		}
		target := path.Join(c.to, below)
		if path.Ext(name) == ".go" {
			if text, err = source.Specialise(target, text, t.importsFor(name, c.test)); err != nil {
				return err
			}
		}
		return t.add(target, c.class, text)
	})
}

// importsFor returns the import map for a file of the reference code.
func (t *tree) importsFor(name string, test bool) source.Imports {
	if test || strings.HasSuffix(name, "_test.go") {
		return t.layout.testImports()
	}
	return t.layout.imports()
}

// generated reports a seam of the reference application. The user's own takes its place.
func generated(name string) bool {
	return strings.HasSuffix(name, "_gen.go")
}
