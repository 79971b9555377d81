package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/go-sql-driver/mysql"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// duplicateEntry is the error number of a value that must be unique and is not.
const duplicateEntry = 1062

// translate gives the errors callers ask about their names in package model.
func translate(err error) error {
	var failure *mysql.MySQLError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return model.ErrNotFound
	case errors.As(err, &failure) && failure.Number == duplicateEntry:
		return fmt.Errorf("%w: %s", model.ErrConflict, indexName(failure.Message))
	}
	return fmt.Errorf("database: %w", err)
}

// indexName takes the index out of "Duplicate entry 'a@example.com' for key 'user_email_uidx'": the
// value has no place in a log.
func indexName(message string) string {
	const before = " for key "
	if i := strings.LastIndex(message, before); i >= 0 {
		return message[i+len(before):]
	}
	return "unknown index"
}
