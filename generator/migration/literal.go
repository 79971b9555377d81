package migration

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/betterauth-gen/betterauth-gen/schema"
)

// fill returns the SQL expression that gives existing rows a value for a column
// with a default.
func fill(d schema.Dialect, c schema.Column) (string, error) {
	if c.Default.Now {
		return pick(d, "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')", nowDefault(d), nowDefault(d)), nil
	}
	return literal(d, c.Type, c.Default.Value)
}

// literal prints a default value as an SQL literal.
func literal(d schema.Dialect, t schema.Type, value any) (string, error) {
	if t.IsDocument() {
		return jsonLiteral(d, value)
	}
	switch v := value.(type) {
	case bool:
		if d == schema.SQLite {
			return strconv.Itoa(map[bool]int{true: 1}[v]), nil
		}
		return strconv.FormatBool(v), nil
	case string:
		if t == schema.Date {
			return dateLiteral(d, v)
		}
		return quoteText(d, v), nil
	}
	if n, ok := schema.Whole(value); ok {
		return strconv.FormatInt(n, 10), nil
	}
	return "", fmt.Errorf("default %v (%T) has no SQL form", value, value)
}

func jsonLiteral(d schema.Dialect, value any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return "", fmt.Errorf("default %v has no JSON form: %w", value, err)
	}
	return quoteText(d, strings.TrimSpace(b.String())), nil
}

// dateLiteral exists for MySQL, which takes neither the T nor the Z.
func dateLiteral(d schema.Dialect, text string) (string, error) {
	if d != schema.MySQL {
		return quoteText(d, text), nil
	}
	at, err := time.Parse(schema.DateLayout, text)
	if err != nil {
		return "", fmt.Errorf("default %q is no date: %w", text, err)
	}
	return quoteText(d, at.Format("2006-01-02 15:04:05.000")), nil
}

// quoteText quotes a string. The backslash is an escape character on MySQL only.
func quoteText(d schema.Dialect, text string) string {
	if d == schema.MySQL {
		text = strings.ReplaceAll(text, `\`, `\\`)
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}
