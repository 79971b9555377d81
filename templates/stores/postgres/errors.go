package store

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/model"
)

// uniqueViolation is the SQLSTATE of a value that must be unique and is not.
const uniqueViolation = "23505"

// translate gives the errors callers ask about their names in package model.
func translate(err error) error {
	var failure *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return model.ErrNotFound
	case errors.As(err, &failure) && failure.Code == uniqueViolation:
		return fmt.Errorf("%w: %s", model.ErrConflict, failure.ConstraintName)
	}
	return fmt.Errorf("database: %w", err)
}
