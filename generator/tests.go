package generator

import (
	"bytes"
	"io/fs"
	"path"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
)

// uncheckedTests returns the emitted tests that need no type-check, and whether there are others. What is
// emitted compiles; only the user's tests can break, and those that stand in a package with edits. Checking
// all of them would take three times as long.
func (b *build) uncheckedTests() (paths []string, others bool, err error) {
	mixed := map[string]bool{} // folders whose tests are checked
	own, err := b.ownTests()
	if err != nil {
		return nil, false, err
	}
	for _, name := range own {
		mixed[path.Dir(name)] = true
	}
	for _, a := range b.plan.Files.Actions {
		if edited(a) && (isTest(a.Path) || b.writesTest(path.Dir(a.Path))) {
			mixed[path.Dir(a.Path)] = true
		}
	}
	for _, a := range b.plan.Files.Actions {
		if isTest(a.Path) && !mixed[path.Dir(a.Path)] {
			paths = append(paths, a.Path)
		}
	}
	return paths, len(mixed) > 0, nil
}

// ownTests returns the tests that are no files of ours.
func (b *build) ownTests() ([]string, error) {
	emitted := map[string]bool{}
	for _, a := range b.plan.Files.Actions {
		emitted[a.Path] = true
	}
	var own []string
	err := b.goFiles(".", func(name string) {
		if isTest(name) && !emitted[name] {
			own = append(own, name)
		}
	})
	return own, err
}

// goFiles calls do with the Go files of the module at or below dir, as the go command finds them.
func (b *build) goFiles(dir string, do func(name string)) error {
	return fs.WalkDir(b.FS, dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			if name != dir && b.ignoredFolder(name) {
				return fs.SkipDir
			}
		case path.Ext(name) == ".go" && !strings.HasPrefix(e.Name(), "_") && !strings.HasPrefix(e.Name(), "."):
			do(name)
		}
		return nil
	})
}

// ignoredFolder reports a folder that has no packages of the module.
func (b *build) ignoredFolder(name string) bool {
	switch base := path.Base(name); {
	case base == "testdata", base == "vendor", strings.HasPrefix(base, "."), strings.HasPrefix(base, "_"):
		return true
	}
	_, err := fs.Stat(b.FS, path.Join(name, "go.mod"))
	return err == nil
}

// writesTest reports that a test in dir is new or changes.
func (b *build) writesTest(dir string) bool {
	for _, a := range b.plan.Files.Actions {
		if isTest(a.Path) && path.Dir(a.Path) == dir && a.Writes() {
			return true
		}
	}
	return false
}

// edited reports a Go file that will not be what is emitted. Generated ones always are.
func edited(a reconcile.Action) bool {
	return a.Class != workspace.Gen && path.Ext(a.Path) == ".go" && a.Result != nil && !bytes.Equal(a.Result, a.Theirs)
}

func isTest(name string) bool { return strings.HasSuffix(name, "_test.go") }
