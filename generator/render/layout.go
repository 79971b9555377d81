// Package render makes the pristine tree: every file a configuration leads to, before anything the
// user did to them. It is a pure function of the model.
package render

import (
	"path"

	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// The import paths of the reference code.
const (
	ourModule      = "github.com/betterauth-gen/betterauth-gen"
	authImport     = ourModule + "/templates/auth"
	storesImport   = ourModule + "/templates/stores"
	frameworkPath  = ourModule + "/templates/frameworks"
	appImport      = ourModule + "/templates/app"
	pluginsImport  = ourModule + "/plugins"
	testStore      = "authtest/sqlite"
	testStoreWhere = storesImport + "/sqlite"
	memoryStore    = storesImport + "/memory"
)

// layout says where things are in the user's repository.
type layout struct {
	module, output string
	dialect        schema.Dialect
	plugins        []resolve.Plugin
}

// file returns the path of a file of package auth or below it.
func (l layout) file(elements ...string) string {
	return path.Join(append([]string{l.output}, elements...)...)
}

// importPath returns the import path of a package below package auth.
func (l layout) importPath(elements ...string) string {
	return path.Join(append([]string{l.module, l.output}, elements...)...)
}

// imports maps the reference code's imports for the files that are part of the server.
func (l layout) imports() source.Imports {
	m := source.Imports{
		authImport:                              l.importPath(),
		storesImport + "/" + l.dialect.String(): l.importPath("store"),
		testStoreWhere:                          l.importPath("store"),
		memoryStore:                             l.importPath("store"),
		appImport:                               l.module + "/internal",
	}
	for _, name := range []string{"chi", "gin", "echo", "fiber"} {
		m[frameworkPath+"/"+name] = l.importPath(name + "auth")
	}
	for _, p := range l.plugins {
		m[pluginsImport+"/"+p.Package+"/source"] = l.importPath(p.Package)
	}
	return m
}

// testImports is imports for tests, which run on SQLite whatever database the server uses: they need
// no service.
func (l layout) testImports() source.Imports {
	m := l.imports()
	if l.dialect != schema.SQLite {
		m[testStoreWhere] = l.importPath(testStore)
	}
	return m
}
