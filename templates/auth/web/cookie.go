package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// MaxCookieAge is the most a browser keeps a cookie: 400 days, in seconds
// (RFC 6265bis section 5.5). Longer ages are cut to it.
const MaxCookieAge = 400 * 24 * 60 * 60

// SecurePrefix starts the names of cookies that browsers accept over https only.
const SecurePrefix = "__Secure-"

const hostPrefix = "__Host-"

// Attributes are the attributes of a cookie.
type Attributes struct {
	// MaxAge is the life in seconds. Zero leaves the attribute out, so the
	// cookie ends with the browser session; less than zero ends it at once.
	MaxAge      int
	Domain      string
	Path        string
	Expires     time.Time // left out when zero
	HTTPOnly    bool
	Secure      bool
	SameSite    string // "lax", "strict" or "none" in any case; left out when empty
	Partitioned bool
}

// Cookie is a cookie to be set. Value is the plain value, escaped when written.
type Cookie struct {
	Name  string
	Value string
	Attributes
}

// CookieName returns the name of an authentication cookie, such as
// "__Secure-better-auth.session_token". An override takes the place of
// "prefix.logical".
func CookieName(secure bool, prefix, logical, override string) string {
	name := override
	if name == "" {
		name = prefix + "." + logical
	}
	if secure {
		return SecurePrefix + name
	}
	return name
}

// String returns the cookie as one Set-Cookie line. The attributes come in the
// order Better Auth 1.7.5 writes them.
func (c Cookie) String() string {
	a := c.Attributes.forName(c.Name)
	var b strings.Builder
	b.WriteString(c.Name + "=" + EncodeURIComponent(c.Value))
	if a.MaxAge != 0 {
		b.WriteString("; Max-Age=" + strconv.Itoa(min(max(a.MaxAge, 0), MaxCookieAge)))
	}
	if a.Domain != "" {
		b.WriteString("; Domain=" + a.Domain)
	}
	if a.Path != "" {
		b.WriteString("; Path=" + a.Path)
	}
	if !a.Expires.IsZero() {
		b.WriteString("; Expires=" + a.Expires.UTC().Format(http.TimeFormat))
	}
	if a.HTTPOnly {
		b.WriteString("; HttpOnly")
	}
	if a.Secure {
		b.WriteString("; Secure")
	}
	if a.SameSite != "" {
		b.WriteString("; SameSite=" + strings.ToUpper(a.SameSite[:1]) + strings.ToLower(a.SameSite[1:]))
	}
	if a.Partitioned {
		b.WriteString("; Partitioned")
	}
	return b.String()
}

// forName adds what browsers demand of a name's prefix and of partitioned
// cookies. They silently drop cookies that lack it.
func (a Attributes) forName(name string) Attributes {
	if strings.HasPrefix(name, hostPrefix) {
		a.Secure, a.Path, a.Domain = true, "/", ""
	}
	if strings.HasPrefix(name, SecurePrefix) || a.Partitioned {
		a.Secure = true
	}
	return a
}

// SetCookie puts c on the response. It replaces an earlier cookie of that name,
// so the browser never sees two.
func SetCookie(h http.Header, c Cookie) {
	dropCookies(h, func(name string) bool { return name == c.Name })
	h.Add("Set-Cookie", c.String())
}

// ExpireCookie makes the browser forget a cookie. Lines that set it, or a
// numbered chunk of it, earlier in the same response are taken back: such a
// value must not reach the wire.
func ExpireCookie(h http.Header, name string, a Attributes) {
	dropCookies(h, func(n string) bool { return n == name || isChunk(n, name) })
	a.MaxAge, a.Expires = -1, time.Time{}
	h.Add("Set-Cookie", Cookie{Name: name, Attributes: a}.String())
}

func dropCookies(h http.Header, drop func(name string) bool) {
	lines := h.Values("Set-Cookie")
	kept := make([]string, 0, len(lines)+1)
	for _, line := range lines {
		if name, _, _ := strings.Cut(line, "="); !drop(name) {
			kept = append(kept, line)
		}
	}
	h.Del("Set-Cookie")
	if len(kept) > 0 {
		h["Set-Cookie"] = kept
	}
}
