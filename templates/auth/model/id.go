package model

import (
	"database/sql/driver"
	"fmt"
	"regexp"
	"strconv"
)

// An IDKind says what primary keys are made of. IDs, in model_gen.go, is the one in use.
type IDKind int

// The ways to make a primary key. In Go and in JSON it is text, whatever the database has.
const (
	TextIDs     IDKind = iota + 1 // 32 random letters and digits, or what Config.GenerateID returns
	UUIDs                         // random UUIDs
	SerialIDs                     // whole numbers that the database counts up
	DatabaseIDs                   // text that a default of the database's makes
)

// ByDatabase reports that a row has no id before it is inserted.
func (k IDKind) ByDatabase() bool { return k == SerialIDs || k == DatabaseIDs }

// A SerialID is an id that is a whole number in the database.
type SerialID string

// noSerial is the id of no row: the database counts from one.
const noSerial = int64(0)

// Value implements driver.Valuer. A text that is no number is the id of no row.
func (id SerialID) Value() (driver.Value, error) {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil {
		return noSerial, nil
	}
	return n, nil
}

// Scan implements sql.Scanner.
func (id *SerialID) Scan(src any) error {
	switch v := src.(type) {
	case int64:
		*id = SerialID(strconv.FormatInt(v, 10))
	case []byte:
		*id = SerialID(v)
	case string:
		*id = SerialID(v)
	default:
		return fmt.Errorf("id column holds %T, want a whole number", src)
	}
	return nil
}

// A UUID is an id that is a uuid in PostgreSQL.
type UUID string

// noUUID is the nil UUID, RFC 9562 section 5.9: the id of no row.
const noUUID = "00000000-0000-0000-0000-000000000000"

var uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// Value implements driver.Valuer. A text that is no UUID is the id of no row.
func (id UUID) Value() (driver.Value, error) {
	if !uuidPattern.MatchString(string(id)) {
		return noUUID, nil
	}
	return string(id), nil
}

// Scan implements sql.Scanner.
func (id *UUID) Scan(src any) error {
	switch v := src.(type) {
	case string:
		*id = UUID(v)
	case []byte:
		*id = UUID(v)
	default:
		return fmt.Errorf("id column holds %T, want a UUID", src)
	}
	return nil
}
