package web

import "encoding/json"

// Truthy is a flag in a query. As in JavaScript any text but the empty one is
// true, so "?disableRefresh=false" turns it on.
type Truthy bool

var _ JSONDecoder = (*Truthy)(nil)

// DecodeJSON implements JSONDecoder. Nothing is refused.
func (t *Truthy) DecodeJSON(raw json.RawMessage) (expected string, ok bool) {
	switch TypeName(raw) {
	case "undefined", "null":
		*t = false
	case "string":
		*t = stringOf(raw) != ""
	case "number":
		*t = numberOf(raw) != 0
	case "boolean":
		*t = string(raw) == "true"
	default:
		*t = true
	}
	return "", true
}
