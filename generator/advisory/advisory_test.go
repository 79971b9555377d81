package advisory_test

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/advisory"
)

// TestLook evaluates probes on code as users leave it.
func TestLook(t *testing.T) {
	const good = "package web\nimport \"crypto/hmac\"\nfunc Check(a, b []byte) bool { return hmac.Equal(a, b) }\n"
	uses := func(names ...string) advisory.Probe {
		return advisory.Probe{Package: "web", Declaration: "Check", Uses: names}
	}
	avoids := func(names ...string) advisory.Probe {
		return advisory.Probe{Package: "web", Declaration: "Check", Avoids: names}
	}
	method := advisory.Probe{Package: "web", Declaration: "Auth.Check", Uses: []string{".ClaimCode"}}
	constant := advisory.Probe{Package: "web", Declaration: "cookie", Uses: []string{".HttpOnly", "net/http.SameSiteLaxMode"}}

	tests := []struct {
		name  string
		probe advisory.Probe
		files []string
		want  advisory.State
	}{
		{"fixed", uses("crypto/hmac.Equal"), []string{good}, advisory.Fixed},
		{"import renamed", uses("crypto/hmac.Equal"), []string{strings.Replace(strings.Replace(good, `"c`, `h "c`, 1), "hmac.E", "h.E", 1)}, advisory.Fixed},
		{"same name, other package", uses("crypto/hmac.Equal"), []string{strings.Replace(good, "crypto/", "example.com/", 1)}, advisory.Open},
		{"in a comment", uses("crypto/hmac.Equal"), []string{strings.Replace(good, "return ", "return true // ", 1) + "\n}"}, advisory.Open},
		{"in another function", uses("crypto/hmac.Equal"), []string{strings.Replace(good, "Check", "other", 1), "package web\nfunc Check() {}"}, advisory.Open},
		{"a method of that name", uses("crypto/hmac.Equal"), []string{strings.Replace(good, "Check", "(T) Check", 1)}, advisory.Unknown},
		{"one of two variants", uses("crypto/hmac.Equal"), []string{"package web\nfunc Check() {}", good}, advisory.Open},
		{"one of two, the other way round", uses("crypto/hmac.Equal"), []string{good, "package web\nfunc Check() {}"}, advisory.Open},
		{"as a value", uses("crypto/hmac.Equal"), []string{"package web\nimport \"crypto/hmac\"\nfunc Check() { compare(hmac.Equal) }"}, advisory.Fixed},
		{"in a closure", uses("crypto/hmac.Equal"), []string{"package web\nimport \"crypto/hmac\"\nfunc Check() { go func() { hmac.Equal(nil, nil) }() }"}, advisory.Fixed},
		{"emitted package", uses("./secure.Equal"), []string{"package web\nimport \"example.com/shop/auth/secure\"\nfunc Check() { secure.Equal(1) }"}, advisory.Fixed},
		{"somebody's package", uses("./secure.Equal"), []string{"package web\nimport \"example.com/secure\"\nfunc Check() { secure.Equal(1) }"}, advisory.Open},
		{"own function", uses("equal"), []string{"package web\nfunc Check() { equal(1) }"}, advisory.Fixed},
		{"own function, not a method", uses("equal"), []string{"package web\nfunc Check() { x.equal(1) }"}, advisory.Open},
		{"major version", uses("example.com/oidc/v3.New"), []string{"package web\nimport \"example.com/oidc/v3\"\nfunc Check() { oidc.New() }"}, advisory.Fixed},
		{"one of two names", uses("a", "b"), []string{"package web\nfunc Check() { a() }"}, advisory.Open},
		{"avoided", avoids("bytes.Equal"), []string{good}, advisory.Fixed},
		{"not avoided", avoids("crypto/hmac.Equal"), []string{good}, advisory.Open},
		{"method", method, []string{"package web\nfunc (a *Auth) Check() { a.Store.ClaimCode() }"}, advisory.Fixed},
		{"method of a generic type", method, []string{"package web\nfunc (a *Auth[T]) Check() { a.Store.ClaimCode() }"}, advisory.Fixed},
		{"flawed method", method, []string{"package web\nfunc (a *Auth) Check() { a.Store.FindCode() }"}, advisory.Open},
		{"method of another type", method, []string{"package web\nfunc (a *Other) Check() { a.Store.ClaimCode() }"}, advisory.Unknown},
		{"variable", constant, []string{"package web\nimport \"net/http\"\nvar cookie = http.Cookie{HttpOnly: true, SameSite: http.SameSiteLaxMode}"}, advisory.Fixed},
		{"flawed variable", constant, []string{"package web\nimport \"net/http\"\nvar cookie = http.Cookie{SameSite: http.SameSiteLaxMode}"}, advisory.Open},
		{"conflict markers", uses("crypto/hmac.Equal"), []string{"<<<<<<< ours\n" + good}, advisory.Unknown},
		{"gone", uses("crypto/hmac.Equal"), nil, advisory.Unknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			project := advisory.Project{
				Import: "example.com/shop/auth",
				Package: func(dir string) (map[string][]byte, error) {
					files := map[string][]byte{}
					for i, text := range test.files {
						files["auth/"+dir+"/"+string(rune('a'+i))+".go"] = []byte(text)
					}
					return files, nil
				},
				Emitted: func(file string) (string, bool) { return "auth/" + file, true },
			}
			got, err := project.Look(advisory.Advisory{Files: []string{"web/check.go"}, Probe: test.probe})
			if err != nil || got.State != test.want || got.Path == "" {
				t.Errorf("%s at %q, %v; want %s", got.State, got.Path, err, test.want)
			}
			project.Emitted = func(string) (string, bool) { return "", false }
			if got, _ := project.Look(advisory.Advisory{Files: []string{"web/check.go"}, Probe: test.probe}); test.want == advisory.Unknown && got.State != advisory.Absent {
				t.Errorf("%s, although it was never emitted", got.State)
			}
		})
	}
}

// TestParse refuses lists that would find nothing.
func TestParse(t *testing.T) {
	const good = `- {id: A, severity: high, title: t, advice: a, files: [web/a.go], fixedIn: v1, probe: {package: web, declaration: F, uses: [g]}}`
	if list, err := advisory.Parse([]byte(good)); err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	for name, text := range map[string]string{
		"twice":              good + "\n" + good,
		"unknown member":     strings.Replace(good, "fixedIn", "fixed", 1),
		"unknown severity":   strings.Replace(good, "high", "dire", 1),
		"no files":           strings.Replace(good, "[web/a.go]", "[]", 1),
		"a probe of nothing": strings.Replace(good, ", uses: [g]", "", 1),
		"no declaration":     strings.Replace(good, "declaration: F, ", "", 1),
	} {
		if list, err := advisory.Parse([]byte(text)); err == nil {
			t.Errorf("%s: %v", name, list)
		}
	}
	if _, err := advisory.Shipped(); err != nil {
		t.Error(err)
	}
}
