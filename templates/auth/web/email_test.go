package web

import (
	"regexp"
	"strings"
	"testing"
)

// zodEmail is the pattern the API of Better Auth 1.7.5 publishes.
var zodEmail = regexp.MustCompile(`^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$`)

func TestValidEmail(t *testing.T) {
	good := []string{
		"a@b.co", "A.B+c_d-e'f@sub.Example-1.COM", "o'neil@example.com", "a'.b@example.com", "'a@example.com", "-@example.com",
		"1@1.co", "a@b-.co", "a@b--c.co", "a.b.c@d.e.fg",
	}
	bad := []string{
		"", "@", "a", "a@", "@b.co", "a@b", "a@b.c", "a@b.c1", "a@b.1co", "a@.co", "a@b..co", "a@-b.co", "a@b.co.", "a@b.-co",
		".a@b.co", "a.@b.co", "a..b@b.co", "a'@b.co", "a b@c.co", " a@b.co", "a@b.co ", "a@b.co\n", "a@@b.co", "a@b@c.co",
		"é@b.co", "a@é.co", `"a"@b.co`, "a@[127.0.0.1]", "a@b_c.co", "a!b@c.co", "a%b@c.co", "a@b.co\x00", "<a@b.co>", "a@b,co",
		"a\r\nBcc:x@b.co",
	}
	for _, text := range good {
		if !ValidEmail(text) || !zodEmail.MatchString(text) {
			t.Errorf("%q is refused", text)
		}
	}
	for _, text := range bad {
		if ValidEmail(text) || zodEmail.MatchString(text) {
			t.Errorf("%q is accepted", text)
		}
	}
}

func FuzzValidEmail(f *testing.F) {
	f.Add("o'neil.x@sub.example.com")
	f.Add("a.'@b-.c-.de")
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := ValidEmail(text), zodEmail.MatchString(text); got != want {
			t.Fatalf("ValidEmail(%q) = %v, the pattern says %v", text, got, want)
		}
	})
}

// A long text must not take long, whatever its shape.
func TestValidEmailIsLinear(t *testing.T) {
	if ValidEmail(strings.Repeat("a.", 1<<20) + "@" + strings.Repeat("b.", 1<<20)) {
		t.Error("accepted")
	}
}

func TestValidURL(t *testing.T) {
	for text, want := range map[string]bool{
		"http://x": true, "x": false, "http:": false, "http://": false, "mailto:x": true, "//x": false, "/x": false,
		"http://x y": false, " http://x": true, "http://[::1": false, "http://[::1]:80/": true, "javascript:1": true,
		"http://x:99999": false, "foo:bar": true, "http://%zz": false, "https://exa mple.com": false, "http:example.com": true,
		"http:/example.com": true, "HTTP://X": true, "data:,x": true, "http://a@b": true, "1http://x": false, "a:": true,
		"http://\tx": true, "": false, "http://?x": false,
	} {
		if got := ValidURL(text); got != want {
			t.Errorf("ValidURL(%q) = %v", text, got)
		}
	}
}
