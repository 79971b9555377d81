package model

import "errors"

// ErrNotFound is returned for a row that is not there.
var ErrNotFound = errors.New("row not found")

// ErrConflict is returned for a row that would repeat a value which must be unique, such as an e-mail
// address. On PostgreSQL the transaction it happened in can only be rolled back.
var ErrConflict = errors.New("row already exists")
