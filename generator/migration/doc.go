// Package migration turns schema changes into SQL migrations.
//
// The current schema is the fold of an append-only change log in the user's
// repository ([LoadLog]); comparing it with what the configuration asks for
// ([Pending]) gives the next migration and its log entry. No database is needed
// for that, and nothing here touches one: see the sub-package live.
//
// The SQL is what the migrator of Better Auth 1.7.5 prints, so that a database
// made by either serves both, with four differences:
//
//   - Unique columns get a named CREATE UNIQUE INDEX instead of an inline UNIQUE.
//     The unnamed indexes SQLite makes for the latter cannot be told apart when
//     two schemas are compared, nor dropped.
//   - Foreign keys of PostgreSQL and MySQL are named table constraints: MySQL 8
//     parses an inline REFERENCES and ignores it, and a constraint without a
//     known name cannot be dropped.
//   - On MySQL, strings that are looked up by value compare byte by byte
//     (utf8mb4_bin), as they do on PostgreSQL and SQLite. The usual collations
//     take "é" for "e" and "A" for "a", which would make two e-mail addresses, or
//     two subjects of an identity provider, one.
//   - Keywords are in upper case.
package migration
