package web

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// rule is one entry of a check tag, such as "min=1". Known are:
//
//	required    the member must be there, whatever the field's type
//	nullable    null is accepted and leaves the field as it is
//	rest        a map field takes the members no other field names
//	email, url  the text must be an e-mail address, a URL
//	min=n max=n bounds of a number, of a text's characters or a list's items
//	oneof=a|b   the text must be one of these
//	const=x     the value must be this text, number or boolean
type rule struct{ name, argument string }

type rules []rule

func parseRules(tag string) rules {
	var list rules
	for part := range strings.SplitSeq(tag, ",") {
		if name, argument, _ := strings.Cut(part, "="); name != "" {
			list = append(list, rule{name, argument})
		}
	}
	return list
}

func (rs rules) has(name string) bool {
	for _, r := range rs {
		if r.name == name {
			return true
		}
	}
	return false
}

// allows applies the rules that list the allowed values. Their message is the
// same whatever was sent instead, even nothing.
func (rs rules) allows(raw json.RawMessage) (message string, ok bool) {
	kind := TypeName(raw)
	for _, r := range rs {
		switch r.name {
		case "oneof":
			options := strings.Split(r.argument, "|")
			if kind != "string" || !slices.Contains(options, stringOf(raw)) {
				return `Invalid option: expected one of "` + strings.Join(options, `"|"`) + `"`, false
			}
		case "const":
			if kind == "string" && stringOf(raw) == r.argument || kind != "string" && string(raw) == r.argument {
				continue
			}
			return "Invalid input: expected " + literal(r.argument), false
		}
	}
	return "", true
}

// literal writes a constant as messages do: text in quotes.
func literal(text string) string {
	if _, err := strconv.ParseFloat(text, 64); err == nil || text == "true" || text == "false" {
		return text
	}
	return `"` + text + `"`
}

// check applies the rules on a value's content, in their order, so that one
// value may be reported for several reasons. Suits tells whether its type was
// right; if not, only the lengths of arrays are still looked at, as zod does.
func (rs rules) check(raw json.RawMessage, kind string, suits bool, report func(message string)) {
	for _, r := range rs {
		message, ok := "", true
		switch {
		case r.name == "min" || r.name == "max":
			if suits || kind == "array" {
				message, ok = r.bound(raw, kind)
			}
		case !suits || kind != "string":
		case r.name == "email":
			message, ok = "Invalid email address", ValidEmail(stringOf(raw))
		case r.name == "url":
			message, ok = "Invalid URL", ValidURL(stringOf(raw))
		}
		if !ok {
			report(message)
		}
	}
}

// bound checks a size against min or max. Texts are measured in characters
// (code points), unlike Length.
func (r rule) bound(raw json.RawMessage, kind string) (message string, ok bool) {
	limit, err := strconv.ParseFloat(r.argument, 64)
	if err != nil {
		return "Invalid input", false // a tag with a mistake accepts nothing
	}
	var size float64
	label, unit := "expected "+kind+" to be ", ""
	switch kind {
	case "number":
		size = numberOf(raw)
	case "string":
		size = float64(utf8.RuneCountInString(stringOf(raw)))
		label, unit = "expected string to have ", " characters"
	case "array":
		var items []json.RawMessage
		_ = json.Unmarshal(raw, &items) // raw is a member of a text that parsed
		size = float64(len(items))
		label, unit = "expected array to have ", " items"
	default:
		return "", true
	}
	if r.name == "min" && size < limit {
		return "Too small: " + label + ">=" + r.argument + unit, false
	}
	if r.name == "max" && size > limit {
		return "Too big: " + label + "<=" + r.argument + unit, false
	}
	return "", true
}

// Length returns the number of UTF-16 code units in text. Password lengths are
// limited in these, so an emoji counts as two.
func Length(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}
