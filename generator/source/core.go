package source

import (
	"io/fs"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
	"github.com/betterauth-gen/betterauth-gen/templates"
)

// Core inspects package core of the reference application.
func Core() (*Info, error) {
	info, diags := Inspect(templates.FS, "auth/core", "core")
	return info, diags.Err()
}

// Plugin inspects the source folder of a plugin whose package has the given name.
func Plugin(fsys fs.FS, pkg string) (*Info, diag.List) {
	return Inspect(fsys, "source", "plugins/"+pkg+"/source")
}
