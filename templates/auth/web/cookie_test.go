package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSignedCookieVectors(t *testing.T) {
	v := readVectors(t)
	for _, c := range v.SignedCookies {
		signed := SignedValue(v.Secret, c.Value)
		if signed != c.DecodedValue {
			t.Errorf("SignedValue(%q) = %q, want %q", c.Value, signed, c.DecodedValue)
		}
		o := c.Options
		cookie := Cookie{Name: c.Name, Value: signed, Attributes: Attributes{
			MaxAge: o.MaxAge, Domain: o.Domain, Path: o.Path, HTTPOnly: o.HTTPOnly, Secure: o.Secure, SameSite: o.SameSite,
		}}
		if got := cookie.String(); got != c.SetCookie {
			t.Errorf("Set-Cookie\n got %s\nwant %s", got, c.SetCookie)
		}
		sent, _, _ := strings.Cut(c.SetCookie, ";")
		if got, ok := ParseCookies(sent).Signed(v.Secret, c.Name); !ok || got != c.Value {
			t.Errorf("reading %s gives %q, %v", sent, got, ok)
		}
	}
}

func TestCookieString(t *testing.T) {
	all := Attributes{
		MaxAge: 60, Domain: "example.com", Path: "/", Expires: time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600)),
		HTTPOnly: true, Secure: true, SameSite: "STRICT", Partitioned: true,
	}
	tests := []struct {
		cookie Cookie
		want   string
	}{
		{Cookie{"n", "v", all}, "n=v; Max-Age=60; Domain=example.com; Path=/; Expires=Fri, 02 Jan 2026 02:04:05 GMT; HttpOnly; Secure; SameSite=Strict; Partitioned"},
		{Cookie{"n", "", Attributes{}}, "n="},
		{Cookie{"n", "v", Attributes{MaxAge: -1}}, "n=v; Max-Age=0"},
		{Cookie{"n", "v", Attributes{MaxAge: 500 * 86400}}, "n=v; Max-Age=34560000"},
		{Cookie{"n", "a b;c\r\nSet-Cookie: x=\"é\"", Attributes{}}, "n=a%20b%3Bc%0D%0ASet-Cookie%3A%20x%3D%22%C3%A9%22"},
		{Cookie{"n", "-_.!~*'()", Attributes{}}, "n=-_.!~*'()"},
		{Cookie{"__Secure-n", "v", Attributes{}}, "__Secure-n=v; Secure"},
		{Cookie{"__Host-n", "v", Attributes{Domain: "example.com", Path: "/x"}}, "__Host-n=v; Path=/; Secure"},
		{Cookie{"n", "v", Attributes{Partitioned: true, SameSite: "none"}}, "n=v; Secure; SameSite=None; Partitioned"},
	}
	for _, tt := range tests {
		if got := tt.cookie.String(); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

// security: 16
func TestCookieName(t *testing.T) {
	tests := []struct {
		secure                    bool
		prefix, logical, override string
		want                      string
	}{
		{false, "better-auth", "session_token", "", "better-auth.session_token"},
		{true, "better-auth", "session_token", "", "__Secure-better-auth.session_token"},
		{true, "app", "session_token", "sid", "__Secure-sid"},
		{false, "app", "session_token", "sid", "sid"},
	}
	for _, tt := range tests {
		if got := CookieName(tt.secure, tt.prefix, tt.logical, tt.override); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestParseCookies(t *testing.T) {
	tests := []struct {
		header string
		want   Cookies
	}{
		{"", nil},
		{";;  ; a", nil},
		{"a=1", Cookies{{"a", "1"}}},
		{"a=1;b=2 ;  c=3", Cookies{{"a", "1"}, {"b", "2"}, {"c", "3"}}},
		{"a=1; a=2", Cookies{{"a", "1"}, {"a", "2"}}},
		{`a="x%20y"; b="; c=""`, Cookies{{"a", "x y"}, {"b", `"`}, {"c", ""}}},
		{"a=b=c", Cookies{{"a", "b=c"}}},
		{"a=%zz; b=%ff; c=1+2", Cookies{{"a", "%zz"}, {"b", "%ff"}, {"c", "1+2"}}},
		{"=x; a=", Cookies{{"a", ""}}},
		{"junk; a=1", Cookies{{"a", "1"}}},
	}
	for _, tt := range tests {
		if got := ParseCookies(tt.header); !slices.Equal(got, tt.want) {
			t.Errorf("ParseCookies(%q) = %q, want %q", tt.header, got, tt.want)
		}
	}
	if got, _ := ParseCookies("a=1; a=2").Get("a"); got != "1" {
		t.Errorf("the first cookie must win, got %s", got)
	}
	if _, ok := ParseCookies("a=1").Get("b"); ok {
		t.Error("a missing cookie is found")
	}
	h := http.Header{"Cookie": {"a=1", "b=2"}}
	if got := ReadCookies(h); !slices.Equal(got, Cookies{{"a", "1"}, {"b", "2"}}) {
		t.Errorf("split header read as %q", got)
	}
}

func TestReadSignedRefuses(t *testing.T) {
	good := SignedValue("secret", "a.b")
	if value, ok := ReadSigned("secret", good); !ok || value != "a.b" {
		t.Fatalf("own signature: %q, %v", value, ok)
	}
	for _, signed := range []string{
		"", ".", "a.b", "a.b.", good[:len(good)-1], good + "=", good + "x", strings.TrimSuffix(good, "="), "x" + good,
		SignedValue("other", "a.b"), SignedValue("secret", ""), strings.ToLower(good),
		strings.Replace(good, "a.b", "a.c", 1),
	} {
		if value, ok := ReadSigned("secret", signed); ok {
			t.Errorf("ReadSigned(%q) = %q", signed, value)
		}
	}
	if _, ok := ParseCookies("b=1").Signed("secret", "a"); ok {
		t.Error("a missing cookie is signed")
	}
}

func TestSetCookieReplaces(t *testing.T) {
	h := http.Header{}
	SetCookie(h, Cookie{Name: "a", Value: "1"})
	SetCookie(h, Cookie{Name: "ab", Value: "2"})
	SetCookie(h, Cookie{Name: "a", Value: "3"})
	if got, want := h.Values("Set-Cookie"), []string{"ab=2", "a=3"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A value set earlier in a request that ends in a refusal must not be sent.
func TestExpireCookieTakesBack(t *testing.T) {
	h := http.Header{}
	for _, name := range []string{"s", "s.0", "s.12", "s.01", "s.x", "other"} {
		SetCookie(h, Cookie{Name: name, Value: "secret"})
	}
	ExpireCookie(h, "s", Attributes{MaxAge: 60, Path: "/", HTTPOnly: true, Expires: time.Unix(1<<32, 0)})
	want := []string{"s.01=secret", "s.x=secret", "other=secret", "s=; Max-Age=0; Path=/; HttpOnly"}
	if got := h.Values("Set-Cookie"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzCookieRoundTrip(f *testing.F) {
	f.Add("token with space;and=semi+plus")
	f.Add("\"quoted\"\r\n%zz\x00é")
	f.Fuzz(func(t *testing.T, value string) {
		line := Cookie{Name: "n", Value: SignedValue("secret", value), Attributes: Attributes{Path: "/"}}.String()
		if strings.ContainsAny(line, "\r\n\x00") || strings.Count(line, ";") != 1 {
			t.Fatalf("value %q escapes its place: %q", value, line)
		}
		sent, _, _ := strings.Cut(line, ";")
		got, ok := ParseCookies(sent).Signed("secret", "n")
		if valid := strings.ToValidUTF8(value, "") == value && value != ""; valid && (!ok || got != value) {
			t.Fatalf("%q came back as %q, %v", value, got, ok)
		}
	})
}

func FuzzParseCookies(f *testing.F) {
	f.Add(`a=1; b="2"; =; c=%41; a=9`)
	f.Fuzz(func(t *testing.T, header string) {
		cookies := ParseCookies(header)
		if most := strings.Count(header, ";") + 1; len(cookies) > most {
			t.Fatalf("%d cookies out of %d parts", len(cookies), most)
		}
		for _, cookie := range cookies {
			if cookie.Name == "" || strings.ContainsAny(cookie.Name, "=;") {
				t.Fatalf("name %q", cookie.Name)
			}
			if _, ok := cookies.Signed("secret", cookie.Name); ok {
				t.Fatalf("forged a signature: %q", header)
			}
		}
	})
}
