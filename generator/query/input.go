package query

import (
	"io/fs"

	"github.com/betterauth-gen/betterauth-gen/generator/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// Input is everything the database layer is made of.
type Input struct {
	Dialect schema.Dialect
	Schema  schema.Schema
	// SchemaName is the PostgreSQL schema that has the tables; empty: the first of search_path.
	SchemaName string
	Sources    []Source // core first, then the plugins in their order

	// Dir is the folder of package store in the user's repository. Errors name the query files there;
	// without it they name the templates.
	Dir string
	// Optional are the methods that may lack a query. Without one they return an error that says so.
	Optional map[string]bool

	ModelImport string // import path of package model
	DBImport    string // import path of the package sqlc writes
}

// Source is what the core or one plugin brings.
type Source struct {
	Name      string // "core", "two-factor"
	Templates fs.FS  // *.sql.tmpl in its root; nil: none
	Contract  Contract
}

// Contract is the interface Store of one package; without methods there is none.
type Contract struct {
	Import  string // import path of the package
	Package string // its name
	Methods []source.Method
}
