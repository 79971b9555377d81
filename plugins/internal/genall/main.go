// Command genall writes plugins/all/all_gen.go, the list of built-in plugins. go generate runs it in
// the folder of package plugins.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := write("."); err != nil {
		fmt.Fprintln(os.Stderr, "genall:", err)
		os.Exit(1)
	}
}

func write(dir string) error {
	text, err := render(dir)
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "all", "all_gen.go")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}
