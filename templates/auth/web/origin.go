package web

import (
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Trusted is a list of origins that may send requests and be redirected to.
// The zero value trusts nobody. It is safe for concurrent use.
type Trusted struct{ patterns []originPattern }

// originPattern is one entry of the list in one of three forms: wildcard,
// custom scheme, or else an exact http(s) origin.
type originPattern struct {
	text     string
	glob     *regexp.Regexp // of a pattern with * or ?
	byOrigin bool           // glob matches scheme and host, not the host alone
	custom   *customScheme
}

// NewTrusted returns the list of the given patterns:
//
//   - "https://example.com": exactly this origin; a trailing slash or a path
//     makes the pattern match nothing;
//   - "https://*.example.com", "*.example.com:*": * stands for any run of
//     characters but slashes, ? for one; without a scheme the host is compared,
//     with its port unless it is the scheme's own;
//   - "myapp://", "myapp://host/path": a scheme of an app, its host and path
//     when given, the path with all below it.
func NewTrusted(patterns ...string) Trusted {
	var t Trusted
	return t.With(patterns...)
}

// With returns the list with further patterns.
func (t Trusted) With(patterns ...string) Trusted {
	list := make([]originPattern, 0, len(t.patterns)+len(patterns))
	list = append(list, t.patterns...)
	for _, text := range patterns {
		list = append(list, newOriginPattern(text))
	}
	return Trusted{list}
}

func newOriginPattern(text string) originPattern {
	p := originPattern{text: text}
	if strings.ContainsAny(text, "*?") {
		p.glob, p.byOrigin = compileGlob(text), strings.Contains(text, "://")
		return p
	}
	if l, ok := splitURL(text); ok && !l.isWeb() {
		p.custom, _ = newCustomScheme(l)
	}
	return p
}

// Origin reports whether the value of an Origin or Referer header is trusted.
func (t Trusted) Origin(origin string) bool { return t.URL(origin, false) }

// URL reports whether a client may be sent to target: an absolute URL of a
// trusted origin, or with allowRelative a path on this server.
func (t Trusted) URL(target string, allowRelative bool) bool {
	if strings.HasPrefix(target, "/") {
		return allowRelative && SafePath(target)
	}
	l, ok := splitURL(target)
	if !ok || l.isActive() {
		return false
	}
	if l.isWeb() {
		return t.web(l)
	}
	return t.custom(l, target)
}

func (t Trusted) web(l location) bool {
	host, ok := l.webHost()
	if !ok {
		return false
	}
	origin := l.scheme + "://" + host
	for _, p := range t.patterns {
		switch {
		case p.glob == nil && p.text == origin:
			return true
		case p.glob != nil && p.byOrigin && p.glob.MatchString(origin):
			return true
		case p.glob != nil && !p.byOrigin && p.glob.MatchString(host):
			return true
		}
	}
	return false
}

func (t Trusted) custom(l location, target string) bool {
	app, ok := newCustomScheme(l)
	if !ok {
		return false
	}
	for _, p := range t.patterns {
		switch {
		case p.custom != nil && p.custom.covers(*app):
			return true
		case p.glob != nil && p.byOrigin && p.glob.MatchString(target):
			return true // such a URL has no origin, so all of it is compared
		case p.glob != nil && !p.byOrigin && app.host != "" && p.glob.MatchString(app.host):
			return true
		}
	}
	return false
}

// customScheme is a URL of an app, such as myapp://host/path.
type customScheme struct{ scheme, authority, host, path string }

func newCustomScheme(l location) (*customScheme, bool) {
	if strings.ContainsFunc(l.authority, unicode.IsSpace) {
		return nil, false
	}
	// Escapes are undone before dot segments, so that %2e%2e climbs here as it
	// does in browsers. What cannot be undone is refused.
	decoded, ok := DecodeURIComponent(l.path)
	if !ok || strings.ContainsFunc(decoded, isAmbiguous) {
		return nil, false
	}
	clean := path.Clean("/" + decoded)
	if clean == "/" {
		clean = ""
	}
	host := l.authority[strings.LastIndexByte(l.authority, '@')+1:]
	return &customScheme{l.scheme, strings.ToLower(l.authority), host, clean}, true
}

func (c customScheme) covers(other customScheme) bool {
	return c.scheme == other.scheme &&
		(c.authority == "" || c.authority == other.authority) &&
		(c.path == "" || c.path == other.path || strings.HasPrefix(other.path, c.path+"/"))
}

// SafePath reports whether target is a path on this server that no browser or
// router takes for another host: one leading slash, no backslash, control
// character or escaped separator, and no "//" at the front once dot segments
// are gone.
func SafePath(target string) bool {
	if !strings.HasPrefix(target, "/") || !utf8.ValidString(target) || strings.ContainsFunc(target, isAmbiguous) {
		return false
	}
	p := strings.ToLower(target[:indexOrEnd(target, "?#")])
	if strings.Contains(p, "%2f") || strings.Contains(p, "%5c") {
		return false
	}
	return !startsWithHost(strings.ReplaceAll(p, "%2e", "."))
}

// startsWithHost removes leading dot segments, as browsers do, and looks for
// the two slashes of a URL without a scheme.
func startsWithHost(p string) bool {
	for {
		switch {
		case strings.HasPrefix(p, "//"):
			return true
		case strings.HasPrefix(p, "/./"):
			p = p[2:]
		case strings.HasPrefix(p, "/../"):
			p = p[3:]
		default:
			return false
		}
	}
}
