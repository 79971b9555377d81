// Package schema describes the tables an authentication setup needs, apart
// from any database: what a [Schema] is, whether it is sound, and how one
// differs from another.
//
// Tables and columns have two names. Key is canonical and never changes
// (`user`, `emailVerified`); Name is what the database calls it and belongs to
// the user's configuration. Everything that compares or refers uses keys, which
// is why a changed Name is a rename and not a drop followed by an add.
//
// The package knows no SQL and imports nothing but the standard library.
package schema
