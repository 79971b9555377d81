package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// ClientIP finds the address of the client a request comes from, by its headers:
// behind a proxy the connection has the proxy's address.
type ClientIP struct {
	// Headers are looked at in turn (x-forwarded-for when nil). An empty list is
	// for servers without a proxy, whose clients could write whatever they like.
	Headers []string
	// TrustedProxies are the hops whose entries in a header are believed.
	// Without any, a header counts only if it holds a single address: the
	// client can write all but the last entry of a longer one.
	TrustedProxies []netip.Prefix
	// IPv6Subnet is how much of an IPv6 address tells clients apart (64 bits
	// when zero, what one subscriber is given).
	IPv6Subnet int
	// Fallback is the answer when no header tells: 127.0.0.1 in development,
	// empty in production.
	Fallback string
}

// ParseProxies reads addresses and CIDR ranges of trusted proxies.
func ParseProxies(entries []string) ([]netip.Prefix, error) {
	prefixes := make([]netip.Prefix, 0, len(entries))
	for _, entry := range entries {
		prefix, err := parseProxy(strings.TrimSpace(entry))
		if err != nil {
			return nil, fmt.Errorf("trusted proxy %q is neither an address nor a CIDR range", entry)
		}
		prefixes = append(prefixes, prefix)
	}
	return prefixes, nil
}

func parseProxy(entry string) (netip.Prefix, error) {
	if strings.Contains(entry, "/") {
		prefix, err := netip.ParsePrefix(entry)
		if err == nil && prefix.Addr().Is4In6() {
			err = errors.New("a range of mapped addresses matches none")
		}
		return prefix.Masked(), err
	}
	addr, err := netip.ParseAddr(entry)
	if err != nil {
		return netip.Prefix{}, err
	}
	addr = addr.Unmap().WithZone("")
	return addr.Prefix(addr.BitLen())
}

// Resolve returns the client's address: IPv4 in dotted form, IPv6 as eight
// groups of four digits with the bits past the subnet zero. It is empty when no
// header can be trusted.
func (c ClientIP) Resolve(h http.Header) string {
	headers := c.Headers
	if headers == nil {
		headers = []string{"X-Forwarded-For"}
	}
	for _, name := range headers {
		if addr, ok := c.fromHeader(strings.Join(h.Values(name), ",")); ok {
			return c.format(addr)
		}
	}
	return c.Fallback
}

// Connection returns the address a connection comes from, in the form of Resolve.
// remote is that of an http.Request; it is empty for one that has none, such as
// a Unix socket.
func (c ClientIP) Connection(remote string) string {
	addr, err := netip.ParseAddrPort(remote)
	if err != nil {
		return ""
	}
	return c.format(addr.Addr().Unmap().WithZone(""))
}

// FromProxy reports whether a connection may come from a trusted proxy: it does
// where none is named. remote is the RemoteAddr of an http.Request.
func (c ClientIP) FromProxy(remote string) bool {
	if len(c.TrustedProxies) == 0 {
		return true
	}
	addr, err := netip.ParseAddrPort(remote)
	return err == nil && c.trusts(addr.Addr().Unmap().WithZone(""))
}

func (c ClientIP) fromHeader(value string) (netip.Addr, bool) {
	var hops []string
	for hop := range strings.SplitSeq(value, ",") {
		if hop = strings.TrimSpace(hop); hop != "" {
			hops = append(hops, hop)
		}
	}
	if len(c.TrustedProxies) == 0 {
		if len(hops) != 1 {
			return netip.Addr{}, false
		}
		return parseHop(hops[0])
	}
	// Each proxy appends the address it was called from, so the list is
	// believed from its right end up to the first hop that is not ours.
	for i := len(hops) - 1; i >= 0; i-- {
		addr, ok := parseHop(hops[i])
		if !ok || !c.trusts(addr) {
			return addr, ok
		}
	}
	return netip.Addr{}, false
}

func parseHop(hop string) (netip.Addr, bool) {
	addr, err := netip.ParseAddr(hop)
	return addr.Unmap(), err == nil && addr.Zone() == ""
}

func (c ClientIP) trusts(addr netip.Addr) bool {
	for _, proxy := range c.TrustedProxies {
		if proxy.Contains(addr) {
			return true
		}
	}
	return false
}

func (c ClientIP) format(addr netip.Addr) string {
	if addr.Is4() {
		return addr.String()
	}
	bits := c.IPv6Subnet
	if bits <= 0 {
		bits = 64
	}
	subnet, err := addr.Prefix(min(bits, 128))
	if err != nil {
		return "" // an IPv6 address has every prefix up to 128 bits
	}
	return subnet.Addr().StringExpanded()
}
