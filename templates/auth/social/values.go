package social

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// Text is a JSON string, or a number as text: some providers number people. Anything else is "".
type Text string

// UnmarshalJSON reads a string or number.
func (t *Text) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*t = Text(text)
		return nil
	}
	var number json.Number
	if json.Unmarshal(data, &number) == nil {
		*t = Text(number)
	}
	return nil
}

// Flag is true for the JSON values true, "true" and numbers but 0: providers write all of them.
type Flag bool

// UnmarshalJSON reads a boolean, or what stands for one.
func (f *Flag) UnmarshalJSON(data []byte) error {
	var number float64
	*f = Flag(string(data) == "true" || string(data) == `"true"` || json.Unmarshal(data, &number) == nil && number != 0)
	return nil
}

// Image is the URL of a picture as core.ProviderProfile wants it: nil for "".
func Image(url string) *string {
	if url == "" {
		return nil
	}
	return &url
}

// FullName joins the parts of a name that are there.
func FullName(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

// PlaceholderEmail is the address of somebody whose provider does not tell it: stable, and never
// delivered (RFC 6761 §6.4).
func PlaceholderEmail(id, namespace string) (string, error) {
	email := fmt.Sprintf("%s@%s.placeholder.invalid", id, namespace)
	if !web.ValidEmail(email) {
		return "", fmt.Errorf("no placeholder address can be made of %q", id)
	}
	return email, nil
}

// With returns a JSON object with one member added or changed.
func With(object json.RawMessage, name string, value any) (json.RawMessage, error) {
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(object, &members); err != nil {
		return nil, err
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	members[name] = text
	return json.Marshal(members)
}
