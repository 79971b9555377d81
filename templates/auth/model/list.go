package model

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// Strings is a column of type string[]: a JSON list in one column.
type Strings []string

// Value implements driver.Valuer.
func (s Strings) Value() (driver.Value, error) { return listValue(s) }

// Scan implements sql.Scanner.
func (s *Strings) Scan(src any) error { return scanList(src, (*[]string)(s)) }

// Numbers is a column of type number[]: a JSON list in one column.
type Numbers []float64

// Value implements driver.Valuer.
func (n Numbers) Value() (driver.Value, error) { return listValue(n) }

// Scan implements sql.Scanner.
func (n *Numbers) Scan(src any) error { return scanList(src, (*[]float64)(n)) }

// JSON is a column of type json.
type JSON json.RawMessage

// Value implements driver.Valuer.
func (j JSON) Value() (driver.Value, error) {
	if j == nil {
		return nil, nil
	}
	return string(j), nil
}

// Scan implements sql.Scanner.
func (j *JSON) Scan(src any) error {
	text, err := columnText(src)
	*j = JSON(text)
	return err
}

// MarshalJSON implements json.Marshaler.
func (j JSON) MarshalJSON() ([]byte, error) { return json.RawMessage(j).MarshalJSON() }

// UnmarshalJSON implements json.Unmarshaler.
func (j *JSON) UnmarshalJSON(text []byte) error {
	*j = append((*j)[:0], text...)
	return nil
}

func listValue[T any](list []T) (driver.Value, error) {
	if list == nil {
		return nil, nil
	}
	text, err := json.Marshal(list)
	return string(text), err
}

func scanList[T any](src any, list *[]T) error {
	text, err := columnText(src)
	if err != nil || text == nil {
		*list = nil
		return err
	}
	return json.Unmarshal(text, list)
}

func columnText(src any) ([]byte, error) {
	switch v := src.(type) {
	case nil:
		return nil, nil
	case string:
		return []byte(v), nil
	case []byte:
		return append([]byte(nil), v...), nil
	}
	return nil, fmt.Errorf("JSON column holds %T", src)
}
