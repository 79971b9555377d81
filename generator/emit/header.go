// Package emit writes the seams: the small Go files whose shape follows the configuration. Everything
// with a decision in it is real Go elsewhere; what is emitted here are declarations, lists and
// assignments.
package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/betterauth-gen/betterauth-gen/generator/gofile"
)

// newFile returns a seam file of the package at importPath.
func newFile(importPath, name string) *jen.File {
	f := jen.NewFilePathName(importPath, name)
	f.HeaderComment(gofile.Header)
	return f
}
