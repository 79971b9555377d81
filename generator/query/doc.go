// Package query makes the database layer of the emitted code: it renders the query templates of the
// core and of the plugins for one schema and one dialect, has sqlc type them, checks what sqlc wrote,
// and adds the adapters that turn its rows into those of package model.
//
// # Query templates
//
// A template is SQL with one query for each method of the package's Store interface, of the same name:
//
//	-- name: UserByEmail :one
//	SELECT {{cols "user"}}
//	FROM {{table "user"}}
//	WHERE {{col "user.email"}} = {{arg "email"}};
//
// Tables and columns are named by key ("user.emailVerified"), because users may call them what they
// like in the database. These functions stand for the quoted names and for lists of them:
//
//	{{table "user"}}                   the table
//	{{col "user.email"}}               a column, without its table
//	{{cols "user"}}                    every column, separated by commas; with further keys only those
//	{{arg "email"}}                    a parameter, named like the Go parameter or column it stands for
//	{{args "user"}}                    a parameter for every column, in the order of cols
//	{{sets "user"}}                    col = arg for every column but id; with further keys only those
//	{{integer "limit"}}                a parameter no column gives a type: a 64-bit number
//	{{text "place"}}                   the same for a text
//	{{concat "'id:'" "u.id"}}          texts joined
//	{{insert "user"}}                  the statement that adds a row; its command is {{insertCommand "user"}}
//	{{forUpdate}}                      the clause that locks the rows read; directly after the last word
//	{{dialect}}                        "sqlite", "postgres" or "mysql", for what cannot be said alike
//
// SQLite has no row locks and needs none: its transactions begin with the write lock.
//
// Two tables are read together with sqlc.embed over table aliases, joined with JOIN:
//
//	SELECT sqlc.embed(s), sqlc.embed(u)
//	FROM {{table "session"}} AS s
//	JOIN {{table "user"}} AS u ON u.{{col "user.id"}} = s.{{col "session.userId"}}
//
// # Rules
//
// sqlc accepts some queries that it then gets wrong without a word, so templates keep to what it does
// well, and every result is checked (check.go): parameters stand next to a column that gives them a
// type; they do not occur in ORDER BY, HAVING or ON CONFLICT of SQLite; sqlc.slice and outer joins of
// embedded tables are refused. MySQL has no RETURNING: insert or update, then read.
// Rows are added by {{insert}} alone, because the database may make their id, which the adapter then sets. Templates are
// ASCII.
//
// # Adapters
//
// For a method of Store the query's parameters come from the method's parameters of the same name, or
// from the fields of a row (*model.User) among them. Results may be
//
//	error                              :exec
//	(int64, error)                     :execrows, or :one of a count; so may other plain values
//	(*model.User, error)               :one of a table's columns
//	(*model.Session, *model.User, error)   :one of embedded tables
//	([]model.User, error)              :many of a table's columns; so may lists of plain values
package query
