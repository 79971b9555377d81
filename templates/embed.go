// Package templates holds what the generator emits, as files.
package templates

import "embed"

// FS holds the reference application (auth, with a store for each database and an adapter for each web
// framework, tests included), a program to try it with (app), the queries, and the text templates.
//
//go:embed all:auth all:text all:queries all:stores all:frameworks all:app
var FS embed.FS
