package web

import (
	"net/url"
	"strings"
	"testing"
)

func TestHostPattern(t *testing.T) {
	tests := []struct {
		host, pattern string
		want          bool
	}{
		{"example.com", "example.com", true},
		{"EXAMPLE.com", "example.COM", true},
		{"https://example.com/x", "http://example.com", true},
		{"preview-1.example.com", "preview-*.example.com", true},
		{"example.com", "*.example.com", false},
		{"a.example.com", "*.example.com", true},
		{"a.example.com:3000", "*.example.com", false},
		{"localhost:3000", "localhost:*", true},
		{"evil.com/.example.com", "*.example.com", false},
		{"example.com.", "example.com", false},
		{"[::1]:3000", "[::1]:*", true},
		{"", "*", false},
		{"example.com", "", false},
	}
	for _, tt := range tests {
		if got := NewHostPattern(tt.pattern).Match(tt.host); got != tt.want {
			t.Errorf("%q matches %q: %v", tt.pattern, tt.host, got)
		}
	}
}

func TestHostPatternOfAnyHost(t *testing.T) {
	for _, pattern := range []string{"", "*", "*.*", "**", "?*", "*:*", "*:3000", "https://*", "http://*:8080/x", " "} {
		if !NewHostPattern(pattern).MatchesAny() {
			t.Errorf("%q names a host", pattern)
		}
	}
	for _, pattern := range []string{"shop.example", "*.example", "localhost:*", "[::1]:*", "https://*.example", "a*"} {
		if NewHostPattern(pattern).MatchesAny() {
			t.Errorf("%q names no host", pattern)
		}
	}
}

func TestOrigin(t *testing.T) {
	tests := []struct{ scheme, host, want string }{
		{"https", "shop.example", "https://shop.example"},
		{"https", "SHOP.example:443", "https://shop.example"},
		{"https", "shop.example:0443", "https://shop.example"},
		{"http", "shop.example:443", "http://shop.example:443"},
		{"http", "shop.example:", "http://shop.example"},
		{"http", "[::1]:3000", "http://[::1]:3000"},
		{"http", "[0:0:0:0:0:0:0:1]", "http://[::1]"},
		{"http", "127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"https", "xn--bcher-kva.example", "https://xn--bcher-kva.example"},
		{"https", "shop.example.", "https://shop.example."},
	}
	for _, tt := range tests {
		if got, ok := Origin(tt.scheme, tt.host); got != tt.want || !ok {
			t.Errorf("Origin(%q, %q) = %q, %v", tt.scheme, tt.host, got, ok)
		}
	}
	refused := []string{
		"", ":", ":80", "a b", "user@shop.example", "user:pass@shop.example", "shop.example/x", "shop.example?x", "shop.example#x",
		"shop.example,evil.net", "shop.example, evil.net", "shop.example:80:80", "shop.example:99999", "shop.example:x", "shop.example:-1",
		"bücher.example", "%73hop.example", "shop.example\x00", "shop.example\\evil.net", "0x7f.1", "127.1", "999.1.1.1", "[::1", "::1",
		"[::1%25eth0]", "[::1]x", "https://shop.example", "<script>",
	}
	for _, host := range refused {
		if got, ok := Origin("https", host); ok {
			t.Errorf("Origin of %q is %q", host, got)
		}
	}
}

func TestIsLoopbackHost(t *testing.T) {
	here := "localhost LOCALHOST:3000 localhost:* shop.localhost localhost. 127.0.0.1 127.1.2.3:80 127.0.0.1:* [::1] [::1]:3000 [::1]:* ::1 " +
		"[::ffff:127.0.0.1] http://localhost:3000"
	for _, host := range strings.Fields(here) {
		if !IsLoopbackHost(host) {
			t.Errorf("%s is not this machine", host)
		}
	}
	elsewhere := "shop.example localhost.example notlocalhost 0.0.0.0 10.0.0.1 128.0.0.1 [::2] * *.localhost.example 127.0.0.1.example https://shop.example"
	for _, host := range strings.Fields(elsewhere) {
		if IsLoopbackHost(host) {
			t.Errorf("%s is this machine", host)
		}
	}
}

// FuzzOrigin checks that what a Host header becomes is an origin and nothing more: another parser reads the
// same host in it, and reading it again changes nothing.
//
// security: 22
func FuzzOrigin(f *testing.F) {
	for _, host := range []string{
		"shop.example", "SHOP.example:443", "user@shop.example", "[::1]:3000", "shop.example.", "xn--bcher-kva.example", "bücher.example",
		"shop.example, evil.net", "shop.example\\@evil.net", "a..b", "0x7f.1", "127.0.0.1:08080", "[::ffff:1.2.3.4]", "a_b.example",
	} {
		f.Add("https", host)
		f.Add("http", host)
	}
	pattern := NewHostPattern("*.shop.example")
	f.Fuzz(func(t *testing.T, scheme, host string) {
		if scheme != "http" && scheme != "https" {
			return
		}
		origin, ok := Origin(scheme, host)
		if !ok {
			return
		}
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != scheme || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
			t.Fatalf("%q gives %q, %v", host, origin, err)
		}
		if again, ok := Origin(scheme, u.Host); !ok || again != origin {
			t.Fatalf("%q gives %q, and that %q", host, origin, again)
		}
		if !NewTrusted(origin).Origin(origin) {
			t.Fatalf("%q gives %q, which does not equal itself", host, origin)
		}
		if pattern.Match(host) && !strings.HasSuffix(u.Hostname(), ".shop.example") {
			t.Fatalf("%q is allowed and gives %q", host, origin)
		}
	})
}
