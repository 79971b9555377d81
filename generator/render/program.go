package render

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/generator/workspace"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

// Program returns the files of a program around the auth server, for a module that has none: main.go
// for the framework, and the packages it uses.
func Program(module, output, framework string) ([]reconcile.File, error) {
	imports := layout{module: module, output: output}.imports()
	var files []reconcile.File
	add := func(from, to string) error {
		text, err := fs.ReadFile(templates.FS, from)
		if err != nil {
			return fmt.Errorf("reference code: %w", err)
		}
		if path.Ext(from) == ".go" {
			if text, err = source.Specialise(to, text, imports); err != nil {
				return err
			}
		}
		files = append(files, reconcile.File{Path: to, Class: workspace.Once, Data: text})
		return nil
	}
	for _, name := range []string{"main.go", "main_test.go"} {
		if err := add("app/"+framework+"/"+name, name); err != nil {
			return nil, err
		}
	}
	for _, dir := range []string{"env", "page"} {
		err := fs.WalkDir(templates.FS, "app/"+dir, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			return add(name, "internal/"+strings.TrimPrefix(name, "app/"))
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}
