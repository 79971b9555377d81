package web

import (
	"net/http"
	"strings"
)

// Cookies are the cookies of a request in their order.
type Cookies []NamedValue

// NamedValue is one cookie of a request, its value unescaped.
type NamedValue struct{ Name, Value string }

// ReadCookies returns the cookies a request carries.
func ReadCookies(h http.Header) Cookies {
	// HTTP/2 may split the header; RFC 9113 section 8.2.3 joins it so.
	return ParseCookies(strings.Join(h.Values("Cookie"), "; "))
}

// ParseCookies reads the text of a Cookie header. Parts without "=" are
// skipped, double quotes around a value are removed, and a value whose percent
// escapes are broken is kept as it is.
func ParseCookies(header string) Cookies {
	var cookies Cookies
	for part := range strings.SplitSeq(header, ";") {
		name, value, ok := strings.Cut(part, "=")
		if name = strings.TrimSpace(name); !ok || name == "" {
			continue
		}
		cookies = append(cookies, NamedValue{name, unescape(unquote(strings.TrimSpace(value)))})
	}
	return cookies
}

// Get returns the value of a cookie. Of several with one name the first counts:
// browsers send the most specific path first.
func (c Cookies) Get(name string) (value string, ok bool) {
	for _, cookie := range c {
		if cookie.Name == name {
			return cookie.Value, true
		}
	}
	return "", false
}

// Signed returns the value of a signed cookie, and false when the cookie is
// missing or its signature is not ours.
func (c Cookies) Signed(secret, name string) (value string, ok bool) {
	signed, ok := c.Get(name)
	if !ok {
		return "", false
	}
	return ReadSigned(secret, signed)
}

func unquote(value string) string {
	if len(value) >= 2 && value[0] == '"' && value[len(value)-1] == '"' {
		return value[1 : len(value)-1]
	}
	return value
}

func unescape(value string) string {
	if decoded, ok := DecodeURIComponent(value); ok {
		return decoded
	}
	return value
}
