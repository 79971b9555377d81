package store

import (
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// translate gives the errors callers ask about their names in package model.
func translate(err error) error {
	var failure *sqlite.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return model.ErrNotFound
	case errors.As(err, &failure) && isUnique(failure.Code()):
		return fmt.Errorf("%w: %s", model.ErrConflict, failure) // names the column, not the value
	}
	return fmt.Errorf("database: %w", err)
}

func isUnique(code int) bool {
	return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
}
