package web

import (
	"net/http"
	"testing"
)

// security: 23, 24
func TestClientIP(t *testing.T) {
	tests := []struct {
		name    string
		proxies []string
		value   []string
		want    string
	}{
		{"none", nil, nil, ""},
		{"empty", nil, []string{" , "}, ""},
		{"single", nil, []string{" 203.0.113.7 "}, "203.0.113.7"},
		{"a chain is not believed", nil, []string{"203.0.113.7, 10.0.0.1"}, ""},
		{"nor one over two lines", nil, []string{"203.0.113.7", "10.0.0.1"}, ""},
		{"text", nil, []string{"unknown"}, ""},
		{"port", nil, []string{"203.0.113.7:80"}, ""},
		{"leading zeros", nil, []string{"203.0.113.07"}, ""},
		{"IPv6 is masked to /64", nil, []string{"2001:DB8:1:2:3:4:5:6"}, "2001:0db8:0001:0002:0000:0000:0000:0000"},
		{"IPv6 short", nil, []string{"::1"}, "0000:0000:0000:0000:0000:0000:0000:0000"},
		{"IPv6 zone", nil, []string{"fe80::1%eth0"}, ""},
		{"IPv4-mapped", nil, []string{"::ffff:192.0.2.1"}, "192.0.2.1"},
		{"IPv4-mapped in hex", nil, []string{"::FFFF:c000:201"}, "192.0.2.1"},

		{"walk", []string{"10.0.0.0/8"}, []string{"6.6.6.6, 203.0.113.7, 10.1.1.1, 10.0.0.1"}, "203.0.113.7"},
		{"walk over two lines", []string{"10.0.0.0/8"}, []string{"203.0.113.7", "10.1.1.1"}, "203.0.113.7"},
		{"single hop", []string{"10.0.0.0/8"}, []string{"203.0.113.7"}, "203.0.113.7"},
		{"spoofed left part", []string{"10.0.0.1"}, []string{"10.0.0.1, 203.0.113.7"}, "203.0.113.7"},
		{"invalid hop", []string{"10.0.0.0/8"}, []string{"203.0.113.7, x, 10.0.0.1"}, ""},
		{"only proxies", []string{"10.0.0.0/8"}, []string{"10.0.0.1, 10.0.0.2"}, ""},
		{"mapped proxy", []string{"10.0.0.0/8"}, []string{"203.0.113.7, ::ffff:10.0.0.1"}, "203.0.113.7"},
		{"mapped entry", []string{"::ffff:10.0.0.1"}, []string{"203.0.113.7, 10.0.0.1"}, "203.0.113.7"},
		{"IPv6 proxy", []string{"fd00::/8"}, []string{"2001:db8::1, fd00::1"}, "2001:0db8:0000:0000:0000:0000:0000:0000"},
		{"host bits in a range", []string{"10.9.9.9/8"}, []string{"203.0.113.7, 10.0.0.1"}, "203.0.113.7"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			proxies, err := ParseProxies(tt.proxies)
			if err != nil {
				t.Fatal(err)
			}
			h := http.Header{"X-Forwarded-For": tt.value}
			if got := (ClientIP{TrustedProxies: proxies}).Resolve(h); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if got := (ClientIP{TrustedProxies: proxies, Fallback: "127.0.0.1"}).Resolve(h); tt.want == "" && got != "127.0.0.1" {
				t.Errorf("fallback %q", got)
			}
		})
	}
}

func TestClientIPOptions(t *testing.T) {
	h := http.Header{"Cf-Connecting-Ip": {"bad"}, "X-Real-Ip": {"2001:db8:1:2:3::"}, "X-Forwarded-For": {"198.51.100.1"}}
	headers := []string{"cf-connecting-ip", "x-real-ip"}
	for bits, want := range map[int]string{
		0: "2001:0db8:0001:0002:0000:0000:0000:0000", 32: "2001:0db8:0000:0000:0000:0000:0000:0000",
		48: "2001:0db8:0001:0000:0000:0000:0000:0000", 128: "2001:0db8:0001:0002:0003:0000:0000:0000",
		999: "2001:0db8:0001:0002:0003:0000:0000:0000",
	} {
		if got := (ClientIP{Headers: headers, IPv6Subnet: bits}).Resolve(h); got != want {
			t.Errorf("/%d: %s, want %s", bits, got, want)
		}
	}
}

// security: 23, 24
func TestClientIPConnection(t *testing.T) {
	for remote, want := range map[string]string{
		"203.0.113.7:4711":          "203.0.113.7",
		"[2001:db8:1:2:3::4]:4711":  "2001:0db8:0001:0002:0000:0000:0000:0000",
		"[::ffff:203.0.113.7]:4711": "203.0.113.7",
		"[fe80::1%eth0]:4711":       "fe80:0000:0000:0000:0000:0000:0000:0000",
		"@":                         "",
		"":                          "",
	} {
		if got := (ClientIP{}).Connection(remote); got != want {
			t.Errorf("%s: %q, want %q", remote, got, want)
		}
	}
	if got := (ClientIP{Headers: []string{}}).Resolve(http.Header{"X-Forwarded-For": {"203.0.113.7"}}); got != "" {
		t.Errorf("without headers to believe: %q", got)
	}
}

// A mistake in the list must not turn it into an empty one, which would
// believe what clients write.
func TestParseProxiesRefuses(t *testing.T) {
	for _, entry := range []string{"", "x", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0/8", "::ffff:10.0.0.0/200", "::ffff:10.0.0.0/104"} {
		if got, err := ParseProxies([]string{"10.0.0.1", entry}); err == nil {
			t.Errorf("%q is read as %v", entry, got)
		}
	}
}
