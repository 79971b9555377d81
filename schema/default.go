package schema

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
)

// DateLayout is the form of a literal date default, and of every date stored as
// text: ISO 8601 in UTC with three decimals, as JavaScript prints it.
const DateLayout = "2006-01-02T15:04:05.000Z"

// check reports why the default does not fit the column, or nil.
func (d Default) check(c Column) error {
	if d.Now {
		if c.Type != Date {
			return fmt.Errorf("the current time is no %s", c.Type)
		}
		if d.Value != nil {
			return fmt.Errorf("it is both the current time and a literal")
		}
		return nil
	}
	switch c.Type {
	case String:
		return checkText(d.Value, c.Enum)
	case Number:
		return checkWhole(d.Value, c.BigInt)
	case Boolean:
		if _, ok := d.Value.(bool); !ok {
			return fmt.Errorf("%v is no boolean", d.Value)
		}
	case Date:
		return checkDate(d.Value)
	case StringArray:
		return checkList(d.Value, "string", func(item any) bool { _, ok := item.(string); return ok })
	case NumberArray:
		return checkList(d.Value, "number", isNumber)
	}
	return nil
}

func checkList(value any, of string, fits func(item any) bool) error {
	list, ok := value.([]any)
	if !ok {
		return fmt.Errorf("%v is no list", value)
	}
	for _, item := range list {
		if !fits(item) {
			return fmt.Errorf("%v in the list is no %s", item, of)
		}
	}
	return nil
}

func isNumber(value any) bool {
	switch value.(type) {
	case int, int64, uint64, float64:
		return true
	}
	return false
}

func checkText(value any, enum []string) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("%v is no string", value)
	}
	// A migration is split into statements line by line.
	if strings.ContainsFunc(text, unicode.IsControl) {
		return fmt.Errorf("%q contains a line break or control character", text)
	}
	if len(enum) > 0 && !slices.Contains(enum, text) {
		return fmt.Errorf("%q is none of %s", text, strings.Join(enum, ", "))
	}
	return nil
}

func checkDate(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("%v is no date", value)
	}
	if _, err := time.Parse(DateLayout, text); err != nil {
		return fmt.Errorf("%q is no date of the form %s", text, DateLayout)
	}
	return nil
}

func checkWhole(value any, bigInt bool) error {
	n, ok := Whole(value)
	if !ok {
		return fmt.Errorf("%v is no whole number", value)
	}
	if !bigInt && (n > math.MaxInt32 || n < math.MinInt32) {
		return fmt.Errorf("%d needs bigint", n)
	}
	return nil
}

// Whole returns a decoded number as int64 if it has no fraction and fits:
// JSON and YAML decoders disagree about the Go type of 1.
func Whole(value any) (int64, bool) {
	switch n := value.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	case uint64:
		return int64(n), n <= math.MaxInt64
	case float64:
		return int64(n), n == math.Trunc(n) && math.Abs(n) < 1<<53
	}
	return 0, false
}
