package generator_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMovedOutput: the user moves the code to another folder, says so in the configuration, and keeps the edits.
func TestMovedOutput(t *testing.T) {
	const config = "database: {dialect: sqlite}\nemailAndPassword: {enabled: true}\n"
	dir := generate(t, config)
	edited := filepath.Join(dir, "internal/auth/core/sign_out.go")
	writeFile(t, edited, readFile(t, edited)+"\n// mine\n")
	if err := os.Mkdir(filepath.Join(dir, "pkg"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "internal/auth"), filepath.Join(dir, "pkg/login")); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(filepath.Join(dir, "pkg"), func(name string, e fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".go" {
			writeFile(t, name, strings.ReplaceAll(readFile(t, name), "shop/internal/auth", "shop/pkg/login"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "betterauth.yaml"), "output: pkg/login\n"+config)
	mustRun(t, dir)
	if !strings.HasSuffix(readFile(t, filepath.Join(dir, "pkg/login/core/sign_out.go")), "\n// mine\n") {
		t.Error("the edit is gone")
	}
	for name := range snapshot(t, dir) {
		if strings.Contains(name, "internal/auth") {
			t.Errorf("%s is left", name)
		}
	}
	if p := mustRun(t, dir); !p.Empty() {
		t.Error("a second run is not empty")
	}
}
