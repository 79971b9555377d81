package store

import _ "embed" // for Schema

// Schema creates all tables in an empty database. Tests use it; a database that is kept is made, and
// changed, by migrations.
//
//go:embed schema.sql
var Schema string
