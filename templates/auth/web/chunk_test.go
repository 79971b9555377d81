package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

var sessionAttributes = Attributes{MaxAge: 300, Path: "/", HTTPOnly: true, SameSite: "lax"}

// request turns the Set-Cookie lines of a response into the cookies of the next request.
func request(h http.Header) Cookies {
	var sent []string
	for _, line := range h.Values("Set-Cookie") {
		if !strings.Contains(line, "Max-Age=0") {
			pair, _, _ := strings.Cut(line, ";")
			sent = append(sent, pair)
		}
	}
	return ParseCookies(strings.Join(sent, "; "))
}

func TestChunkedCookieRoundTrip(t *testing.T) {
	for _, length := range []int{1, 3900, 4051, 12_000, 50_000} {
		value := strings.Repeat("x", length-1) + "e"
		h := http.Header{}
		if !SetChunkedCookie(h, nil, Cookie{"data", value, sessionAttributes}) {
			t.Fatalf("%d characters refused", length)
		}
		for _, line := range h.Values("Set-Cookie") {
			if len(line) > maxCookieSize {
				t.Errorf("a line of %d bytes", len(line))
			}
		}
		cookies := request(h)
		slices.Reverse(cookies) // browsers promise no order
		if got, ok := cookies.Chunked("data"); !ok || got != value {
			t.Errorf("%d characters come back as %d, %v", length, len(got), ok)
		}
	}
}

func TestChunkedCookieReplacesOldPieces(t *testing.T) {
	before := ParseCookies("data.0=a; data.1=b; data.2=c; data.x=other; dat=1")
	h := http.Header{}
	SetChunkedCookie(h, before, Cookie{"data", "short", Attributes{Path: "/"}})
	want := []string{
		"data.0=; Max-Age=0; Path=/", "data.1=; Max-Age=0; Path=/", "data.2=; Max-Age=0; Path=/", "data=short; Path=/",
	}
	if got := h.Values("Set-Cookie"); !slices.Equal(got, want) {
		t.Errorf("shrinking: got %q", got)
	}

	h = http.Header{}
	SetChunkedCookie(h, ParseCookies("data=whole; data.0=a"), Cookie{"data", strings.Repeat("y", 5000), Attributes{}})
	lines := h.Values("Set-Cookie")
	if len(lines) != 3 || lines[0] != "data=; Max-Age=0" || !strings.HasPrefix(lines[1], "data.0=y") || !strings.HasPrefix(lines[2], "data.1=y") {
		t.Errorf("growing: %d lines, first %.40q", len(lines), lines)
	}
}

func TestChunkedCookieTooLarge(t *testing.T) {
	h := http.Header{}
	if SetChunkedCookie(h, nil, Cookie{"data", strings.Repeat("x", 410_000), Attributes{}}) || len(h) != 0 {
		t.Errorf("%d lines for a value past the limit", len(h.Values("Set-Cookie")))
	}
	if SetChunkedCookie(h, nil, Cookie{strings.Repeat("n", 5000), "x", Attributes{}}) {
		t.Error("a name past the limit is accepted")
	}
}

func TestChunkedReading(t *testing.T) {
	var many []string
	for i := range 12 {
		many = append(many, fmt.Sprintf("d.%d=%c", i, 'a'+i))
	}
	slices.Sort(many) // d.10 sorts before d.2 as text
	tests := []struct {
		header, want string
		ok           bool
	}{
		{"", "", false},
		{"d=whole; d.0=a", "whole", true},
		{"d=; d.0=a; d.1=b", "ab", true},
		{"d.0=a; d.0=forged", "a", true},
		{"d.00=a; d.-1=b; d.1x=c", "", false},
		{strings.Join(many, ";"), "abcdefghijkl", true},
	}
	for _, tt := range tests {
		if got, ok := ParseCookies(tt.header).Chunked("d"); got != tt.want || ok != tt.ok {
			t.Errorf("%s: %q, %v", tt.header, got, ok)
		}
	}
}
