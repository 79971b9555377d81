package web

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
)

// TypeName returns the name of a JSON text's type as error messages have it. A nil text is a
// member that is not there.
func TypeName(raw json.RawMessage) string {
	raw = bytes.TrimLeft(raw, " \t\r\n")
	if len(raw) == 0 {
		return "undefined"
	}
	switch raw[0] {
	case 'n':
		return "null"
	case 't', 'f':
		return "boolean"
	case '"':
		return "string"
	case '[':
		return "array"
	case '{':
		return "object"
	}
	if math.IsInf(numberOf(raw), 0) {
		return "Infinity" // what JavaScript makes of 1e999
	}
	return "number"
}

func numberOf(raw json.RawMessage) float64 {
	n, _ := strconv.ParseFloat(string(bytes.TrimSpace(raw)), 64)
	return n
}

// stringOf returns the text of a JSON string. Go replaces the lone surrogates
// that JavaScript would keep.
func stringOf(raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, &s) // raw is a member of a text that parsed
	return s
}
