package web

import (
	"strings"
	"testing"
)

func TestTrustedPatterns(t *testing.T) {
	tests := []struct {
		url, pattern string
		want         bool
	}{
		{"https://a.example.com", "https://*.example.com", true},
		{"https://example.com", "https://*.example.com", false},
		{"https://a.b.example.com", "https://*.example.com", true},
		{"http://a.example.com", "*.example.com", true},
		{"https://a.example.com:8443", "*.example.com", false},
		{"https://a.example.com:8443", "*.example.com:*", true},
		{"https://a.example.com/path", "https://*.example.com", true},
		{"https://example.com/", "https://example.com", true},
		{"https://example.com", "https://example.com/", false},
		{"https://example.com:443", "https://example.com", true},
		{"https://EXAMPLE.com", "https://example.com", true},
		{"myapp://cb", "myapp://", true},
		{"myapp://cb/x", "myapp://cb", true},
		{"myapp://cb/../evil", "myapp://cb/x", false},
		{"exp://10.0.0.1:8081", "exp://*", true},
		{"exp://10.0.0.1:8081/--/x", "exp://10.0.0.*:*", false},
		{"myapp:/x", "myapp://", true},
		{"/rel", "https://x.example", false},
		{"https://example.com.evil.net", "https://example.com*", true},
		{"https://a1.example.com", "https://a?.example.com", true},
		{"null", "https://x", false},
		{"chrome-extension://abc", "chrome-extension://abc", true},

		{"http://example.com:80/x?y#z", "http://example.com", true},
		{"http://example.com:0080", "http://example.com", true},
		{"http://example.com:", "http://example.com", true},
		{"http://example.com", "https://example.com", false},
		{"https://example.com", "http://example.com", false},
		{"https://example.com:8443", "https://example.com", false},
		{"https://[::1]:3000/x", "https://[::1]:3000", true},
		{"https://[0:0::1]:3000", "https://[::1]:3000", true},
		{"https://[::ffff:127.0.0.1]", "https://[::ffff:7f00:1]", true},
		{"https://example.com", "https://EXAMPLE.com", false},
		{"https://example.com", "example.com", false},
		{"https://example.com", "*", true},
		{"null", "*", false},
		{"", "*", false},
		{"example.com", "*", false},
		{"https://a.example.com", "https://*.example.com/", false},
		{"https://a.example.com/x", "*://a.example.com", true},
		{"https://a.example.com", "https://a.example.com/**", true},
		{"https://a.example.com.evil.net", "https://a.example.com/**", false},
		{"myapp://cb", "myapp", false},
		{"myapp://cb", "myapp:", true},
		{"MyApp://CB", "myapp://cb", true},
		{"myapp://cbx", "myapp://cb", false},
		{"myapp://cb/xy", "myapp://cb/x", false},
		{"myapp://cb/x/y?z", "myapp://cb/x", true},
		{"myapp://cb/%78", "myapp://cb/x", true},
		{"myapp://other/x", "myapp:///x", true},
		{"otherapp://cb", "myapp://", false},
		{"myapp://a.example.com", "*.example.com", true},
		{"exp+app://x", "exp+app://", true},
	}
	for _, tt := range tests {
		if got := NewTrusted(tt.pattern).URL(tt.url, false); got != tt.want {
			t.Errorf("URL(%q) by %q = %v", tt.url, tt.pattern, got)
		}
	}
}

func TestTrustedLists(t *testing.T) {
	var nobody Trusted
	if nobody.URL("https://example.com", true) || nobody.Origin("https://example.com") {
		t.Error("the zero value trusts somebody")
	}
	one := NewTrusted("https://a.example")
	two := one.With("https://b.example")
	three := one.With("https://c.example")
	if !two.Origin("https://b.example") || two.Origin("https://c.example") || !three.Origin("https://a.example") || one.Origin("https://b.example") {
		t.Error("lists grown from one another share entries")
	}
	if two.Origin("/x") {
		t.Error("a path is no origin")
	}
}

// security: 20
func TestRedirectBypasses(t *testing.T) {
	trusted := NewTrusted(
		"https://example.com", "https://*.example.com", "*.example.org", "http://localhost:3000", "http://127.0.0.1:3000",
		"myapp://cb/in", "exp://10.0.0.*:*",
	)
	for _, good := range []string{
		"https://example.com/done", "https://a.example.com", "http://a.example.org/x", "http://localhost:3000/x",
		"myapp://cb/in/x", "/", "/dashboard?next=//evil.com&u=%2f%5c#x", "/a//b", "/@evil.com", "/evil.com",
	} {
		if !trusted.URL(good, true) {
			t.Errorf("%q is refused", good)
		}
	}
	lines := strings.FieldsFunc(bypasses, func(r rune) bool { return r == '\n' })
	replace := strings.NewReplacer("<TAB>", "\t", "<LF>", "\n", "<CR>", "\r", "<NUL>", "\x00", "<DEL>", "\x7f", "<C1>", "\u0085", "<BAD>", "\xff", "<SP>", " ")
	if len(lines) < 100 {
		t.Fatalf("only %d attempts", len(lines))
	}
	for _, line := range lines {
		if attempt := replace.Replace(line); trusted.URL(attempt, true) || trusted.Origin(attempt) {
			t.Errorf("%q is accepted", attempt)
		}
	}
	if trusted.URL("", true) {
		t.Error("the empty text is accepted")
	}
}

// bypasses are redirect targets that lead, or led some parser, away from the
// trusted hosts.
const bypasses = `
//evil.com
///evil.com
////evil.com
//evil.com/%2e%2e
//example.com
//example.com@evil.com
/\evil.com
/\/evil.com
/\\evil.com
/\example.com
\\evil.com
\/evil.com
\evil.com
/<TAB>/evil.com
/<LF>/evil.com
/<CR>/evil.com
/<NUL>/evil.com
/<DEL>/evil.com
/<C1>/evil.com
/<BAD>/evil.com
<TAB>//evil.com
<SP>//evil.com
<SP>/x
<LF>https://example.com
/x<CR><LF>Set-Cookie:a=b
/%2fevil.com
/%2Fevil.com
/%5cevil.com
/%5Cevil.com
/a/%2f..%2f/evil.com
/.//evil.com
/..//evil.com
/./..//evil.com
/%2e//evil.com
/%2E%2e//evil.com
/.%2e//evil.com
evil.com
example.com
example.com.evil.com
www.example.com
./x
../x
x
?x
#x
@evil.com
:evil.com
://evil.com
http:evil.com
https:evil.com
https:/evil.com
https:///evil.com
https:example.com
https:/example.com
https:///example.com
https:\\example.com
https:\\evil.com
https://evil.com
http://example.com
https://example.com.evil.com
https://evilexample.com
https://example.comevil.com
https://example.com-evil.com
https://example.com.
https://a.example.com.evil.net
https://evil.com/example.com
https://evil.com?example.com
https://evil.com#example.com
https://evil.com?.example.com
https://evil.com#.example.com
https://evil.com/.example.com
https://evil.com\.example.com
https://evil.com\@example.com
https://example.com\@evil.com
https://example.com@evil.com
https://example.com:443@evil.com
https://example.com%40evil.com
https://user@example.com
https://user:pass@example.com
https://evil.com%00.example.com
https://evil.com%2f.example.com
https://evil.com%5c.example.com
https://evil.com%23.example.com
https://evil.com<TAB>.example.com
https://evil.com<LF>.example.com
https://evil.com<SP>.example.com
https://evil.com;.example.com
https://evil.com&.example.com
https://evil.com'.example.com
https://evil.com".example.com
https://evil.com(.example.com
https://evil.com,.example.com
https://evil.com|.example.com
https://evil.com{.example.com
https://evil.com*.example.com
https://*.example.com
https://evil。com/.example.com
https://evil.com／.example.com
https://evil.com＃.example.com
https://evil.com？.example.com
https://evil.com＠.example.com
https://exаmple.com
https://ｅxample.com
https://example。com
https://ex%61mple.com
https://example.com:8443
https://example.com:443x
https://example.com:+443
https://example.com:65979
https://example.com:-1
https://example.com:443:443
https://a.example.com:8443
http://a.example.org:81
http://evil.com:80.example.org
https://.evil.com
https://
https://:443
https://[example.com]
https://[::1
https://[::1]
https://[fe80::1%25eth0]
http://2130706433:3000
http://0x7f000001:3000
http://0177.0.0.1:3000
http://127.1:3000
http://127.0.0.1
http://127.0.0.1:3001
http://127.0.0.1.:3000
http://127.0.0.1.evil.com:3000
http://localhost:3000@evil.com
http://localhost:3000.evil.com
http://localhost.evil.com:3000
ftp://example.com
ws://example.com
wss://a.example.com
file:///etc/passwd
file://a.example.org/x
javascript:alert(1)
JavaScript:alert(1)
javascript://example.com/%0aalert(1)
javascript://a.example.org/%0aalert(1)
java<TAB>script:alert(1)
data:text/html,<script>alert(1)</script>
data://a.example.org/,x
vbscript:msgbox(1)
vbscript://a.example.org
blob:https://example.com/x
blob:https://a.example.com
filesystem:https://example.com/x
view-source:https://example.com
about:blank
mailto:a@example.com
myapp://cb
myapp://cb/
myapp://cb/out
myapp://cb/inside
myapp://cb/in/../out
myapp://cb/in/%2e%2e/out
myapp://cb/in/.%2E/out
myapp://cb/in/%2e%2e/%zz
myapp://cb/in/..%2fout
myapp://cb/in/..%5cout
myapp://cb/in/..\out
myapp://evil/in
myapp://evil@cb/in
myapp://cb@evil/in
myapp://cb:1/in
myapp:/in
myapp:in
myapp<TAB>://cb/in
myappx://cb/in
x-myapp://cb/in
exp://10.0.0.1
exp://10.0.0.1:8081/x
exp://10.0.1.1:8081
null
`

func TestGlob(t *testing.T) {
	tests := []struct {
		pattern, path string
		want          bool
	}{
		{"/sign-in/*", "/sign-in/email", true},
		{"/sign-in/*", "/sign-in/email/", true},
		{"/sign-in/*", "/sign-in", false},
		{"/sign-in/*", "/sign-in/a/b", false},
		{"/sign-in/**", "/sign-in/a/b", true},
		{"/sign-in/**", "/sign-in", true},
		{"/sign-in/**", "/sign-up", false},
		{"/sign-in/**", "/sign-infoo", false},
		{"**", "/a/b/c", true},
		{"/**/email", "/a/b/email", true},
		{"/**/email", "/email", true},
		{"/**/email", "/a/b/phone", false},
		{"/a/**/**", "/a/b/c", true},
		{"**/email", "/a/email", true},
		{"/a/?", "/a/b", true},
		{"/a/?", "/a/bc", false},
		{`/a/\*`, "/a/*", true},
		{`/a/\*`, "/a/b", false},
		{"/a.c/(x)+", "/a.c/(x)+", true},
		{"/a.c*", "/abc", false},
		{"a\xff*", "a\ufffdb", true},
	}
	for _, tt := range tests {
		if got := compileGlob(tt.pattern).MatchString(tt.path); got != tt.want {
			t.Errorf("%q on %q = %v", tt.pattern, tt.path, got)
		}
	}
}

// What is accepted must name a trusted host right after the scheme.
func FuzzTrustedURL(f *testing.F) {
	for line := range strings.Lines(bypasses) {
		f.Add(strings.TrimSuffix(line, "\n"))
	}
	f.Add("https://a.example.com:443/x?y#z")
	trusted := NewTrusted("https://example.com", "https://*.example.com")
	f.Fuzz(func(t *testing.T, target string) {
		if trusted.Origin(target) {
			rest, ok := strings.CutPrefix(strings.ToLower(target), "https://")
			host := strings.TrimSuffix(strings.TrimRight(rest[:indexOrEnd(rest, "/?#")], "0123456789"), ":")
			if !ok || host != "example.com" && !strings.HasSuffix(host, ".example.com") || strings.ContainsAny(host, `@\%`) {
				t.Fatalf("%q is accepted as an origin", target)
			}
			return
		}
		if trusted.URL(target, true) && (target[0] != '/' || strings.HasPrefix(target, "//") || strings.ContainsAny(target, "\\\r\n\t")) {
			t.Fatalf("%q is accepted as a path", target)
		}
	})
}
