package web

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// location is an absolute URL taken apart by plain string operations.
type location struct {
	scheme    string // lower case
	authority string
	path      string // without query and fragment
}

// splitURL takes an absolute URL apart. Controls, backslashes and broken UTF-8
// are refused: parsers disagree about them, and a redirect must mean to the
// browser what it meant to the check.
func splitURL(text string) (location, bool) {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, isAmbiguous) {
		return location{}, false
	}
	scheme, rest, ok := strings.Cut(text, ":")
	if !ok || !isScheme(scheme) {
		return location{}, false
	}
	l := location{scheme: strings.ToLower(scheme)}
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		end := indexOrEnd(after, "/?#")
		l.authority, rest = after[:end], after[end:]
	}
	l.path = rest[:indexOrEnd(rest, "?#")]
	return l, true
}

func isAmbiguous(r rune) bool { return unicode.IsControl(r) || r == '\\' }

func indexOrEnd(text, chars string) int {
	if i := strings.IndexAny(text, chars); i >= 0 {
		return i
	}
	return len(text)
}

func isScheme(text string) bool {
	return text != "" && isLetter(text[0]) && all(text, func(c byte) bool {
		return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.'
	})
}

func (l location) isWeb() bool { return l.scheme == "http" || l.scheme == "https" }

// isActive reports a scheme whose URLs carry content or code of their own. No
// pattern makes such a URL a safe target.
func (l location) isActive() bool {
	return slices.Contains([]string{
		"about", "blob", "data", "file", "filesystem", "javascript", "vbscript", "view-source",
	}, l.scheme)
}

// webHost returns the host of an http or https URL as browsers write it in an
// Origin header: lower case, with the port unless it is the scheme's own.
//
// It takes plain hosts only. User names, escapes, non-ASCII letters and the
// short forms of IPv4 addresses are refused rather than rewritten, so what was
// compared is what the browser opens.
func (l location) webHost() (host string, ok bool) {
	host, port, ok := splitPort(strings.ToLower(l.authority))
	if !ok {
		return "", false
	}
	if strings.HasPrefix(host, "[") {
		host, ok = canonicalIPv6(host)
	} else {
		ok = isPlainHost(host)
	}
	if !ok {
		return "", false
	}
	if port == "" || l.scheme == "http" && port == "80" || l.scheme == "https" && port == "443" {
		return host, true
	}
	return host + ":" + port, true
}

// splitPort cuts the port off an authority and drops its leading zeros.
func splitPort(authority string) (host, port string, ok bool) {
	colon := strings.LastIndexByte(authority, ':')
	if colon < 0 || strings.HasSuffix(authority, "]") {
		return authority, "", true
	}
	host, port = authority[:colon], authority[colon+1:]
	if port == "" {
		return host, "", true
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return host, strconv.FormatUint(n, 10), err == nil && all(port, isDigit)
}

func isPlainHost(host string) bool {
	if host == "" || !all(host, func(c byte) bool { return isLabel(c) || c == '.' || c == '_' }) {
		return false
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	if !isNumeric(labels[len(labels)-1]) {
		return true
	}
	// Browsers read a host that ends in a number as an IPv4 address, also in
	// octal, in hex or with parts left out.
	_, err := netip.ParseAddr(host)
	return err == nil
}

func isNumeric(label string) bool {
	if _, err := strconv.ParseUint(strings.TrimPrefix(label, "0x"), 16, 64); err == nil && strings.HasPrefix(label, "0x") {
		return true
	}
	return label == "0x" || label != "" && all(label, isDigit)
}

// canonicalIPv6 returns a bracketed address as browsers write it.
func canonicalIPv6(host string) (canonical string, ok bool) {
	text, opened := strings.CutPrefix(host, "[")
	text, closed := strings.CutSuffix(text, "]")
	addr, err := netip.ParseAddr(text)
	if !opened || !closed || err != nil || !addr.Is6() || addr.Zone() != "" {
		return "", false
	}
	if !addr.Is4In6() {
		return "[" + addr.String() + "]", true
	}
	b := addr.As16() // browsers write the embedded address in hex too
	group := func(i int) string { return strconv.FormatUint(uint64(b[i])<<8|uint64(b[i+1]), 16) }
	return "[::ffff:" + group(12) + ":" + group(14) + "]", true
}
