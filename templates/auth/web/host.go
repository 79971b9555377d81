package web

import (
	"net/netip"
	"regexp"
	"strings"
)

// A HostPattern is a host, with its port, of the hosts a server may be reached
// at. Case does not count, and * and ? are wildcards.
type HostPattern struct {
	text string
	glob *regexp.Regexp // nil without wildcards
}

// NewHostPattern returns the pattern of a text. A scheme and a path in it are
// ignored.
func NewHostPattern(text string) HostPattern {
	p := HostPattern{text: bareHost(text)}
	if strings.ContainsAny(p.text, "*?") {
		p.glob = compileGlob(p.text)
	}
	return p
}

// Match reports whether a host, with its port, is one of the pattern's.
func (p HostPattern) Match(host string) bool {
	host = bareHost(host)
	if host == "" || p.text == "" {
		return false
	}
	if p.glob != nil {
		return p.glob.MatchString(host)
	}
	return p.text == host
}

// MatchesAny reports a pattern that names no host at all, whatever it says about
// the port.
func (p HostPattern) MatchesAny() bool {
	name, _, _ := strings.Cut(p.text, ":")
	return strings.Trim(name, "*?. ") == ""
}

func bareHost(text string) string {
	text = strings.TrimPrefix(text, "http://")
	text = strings.TrimPrefix(text, "https://")
	host, _, _ := strings.Cut(text, "/")
	return strings.ToLower(host)
}

// Origin returns the origin of a scheme, http or https, and a host, with the
// port if it has one, as browsers write it: in lower case and without the port
// of the scheme. It refuses what is more, or less, than a host.
func Origin(scheme, host string) (origin string, ok bool) {
	l := location{scheme: scheme, authority: host}
	if host, ok = l.webHost(); !ok {
		return "", false
	}
	return scheme + "://" + host, true
}

// IsLoopbackHost reports a host, or a pattern of hosts, of this machine only:
// localhost and the names below it (RFC 6761 section 6.3), 127.0.0.0/8, ::1. A
// port does not matter.
func IsLoopbackHost(host string) bool {
	name := strings.TrimRight(withoutPort(bareHost(host)), ".")
	if addr, err := netip.ParseAddr(name); err == nil {
		return addr.Unmap().IsLoopback()
	}
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// withoutPort cuts the port, whatever it is, off a host, and the brackets off
// an IPv6 address.
func withoutPort(host string) string {
	if address, ok := strings.CutPrefix(host, "["); ok {
		address, _, _ = strings.Cut(address, "]")
		return address
	}
	name, port, _ := strings.Cut(host, ":")
	if strings.Contains(port, ":") { // an IPv6 address
		return host
	}
	return name
}
