package model

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// layout is the one spelling of a date on the wire and in SQLite: UTC with exactly three fraction
// digits. The npm client reads the fraction as a count of milliseconds, so more digits would shift
// the value; SQLite compares dates as text, so fewer would break the order.
const layout = "2006-01-02T15:04:05.000Z"

// A Time is a time.Time with millisecond precision that is stored and sent the way Better Auth does.
type Time struct{ time.Time }

// NewTime returns t in UTC, cut to milliseconds.
func NewTime(t time.Time) Time { return Time{t.UTC().Truncate(time.Millisecond)} }

// Add returns t+d.
func (t Time) Add(d time.Duration) Time { return NewTime(t.Time.Add(d)) }

// String returns the time as it appears in JSON.
func (t Time) String() string { return t.UTC().Format(layout) }

// MarshalJSON implements json.Marshaler.
func (t Time) MarshalJSON() ([]byte, error) {
	return []byte(t.UTC().Format(`"` + layout + `"`)), nil
}

// UnmarshalJSON implements json.Unmarshaler and takes any RFC 3339 time.
func (t *Time) UnmarshalJSON(text []byte) error {
	var parsed time.Time
	if err := parsed.UnmarshalJSON(text); err != nil {
		return err
	}
	*t = NewTime(parsed)
	return nil
}

// Value implements driver.Valuer. Databases without a date type get the text of String.
func (t Time) Value() (driver.Value, error) {
	if storesDatesAsText {
		return t.String(), nil
	}
	return t.UTC(), nil
}

// Scan implements sql.Scanner. Besides times it reads RFC 3339 text, with or without a fraction,
// and SQLite's CURRENT_TIMESTAMP, so rows written by other tools are understood.
func (t *Time) Scan(src any) error {
	switch v := src.(type) {
	case time.Time:
		*t = NewTime(v)
		return nil
	case string:
		return t.parse(v)
	case []byte:
		return t.parse(string(v))
	}
	return fmt.Errorf("date column holds %T", src)
}

func (t *Time) parse(text string) error {
	for _, known := range []string{time.RFC3339Nano, time.DateTime} {
		if parsed, err := time.Parse(known, text); err == nil {
			*t = NewTime(parsed)
			return nil
		}
	}
	return fmt.Errorf("date column holds %q, want RFC 3339", text)
}
