package generator_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// TestCodesAreUnique looks for two kinds of problems under one code: suppressions and editors go by it.
func TestCodesAreUnique(t *testing.T) {
	declaration := regexp.MustCompile(`(?m)\bCode\w+ += "(BA\d+)"`)
	owner := map[string]string{}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		for _, m := range declaration.FindAllStringSubmatch(readFile(t, name), -1) {
			if other, taken := owner[m[1]]; taken {
				t.Errorf("%s is a code of %s and of %s", m[1], other, name)
			}
			owner[m[1]] = name
		}
		return nil
	})
	if err != nil || len(owner) < 20 {
		t.Errorf("found %d codes, %v", len(owner), err)
	}
}
