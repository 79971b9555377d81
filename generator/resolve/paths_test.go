package resolve

import (
	"strings"
	"testing"
)

// Disabled paths are compared with what clients send: a path that a route takes is one, the pattern of the route is none.
func TestDisabledPaths(t *testing.T) {
	for text, want := range map[string]string{
		"disabledPaths: [/callback/github, /sign-out/, '${OFF}']\n": "",
		"disabledPaths: [/sign-out, /calback/github]\n":             `BA030 betterauth.yaml:1:28: warning: disabledPaths: there is no endpoint /calback/github (did you mean "/callback/github"?)`,
		"disabledPaths: [/callback/]\n":                             "BA030 betterauth.yaml:1:17: warning: disabledPaths: there is no endpoint /callback/",
		"disabledPaths:\n  - /ok\n  - /callback/:id\n": `BA030 betterauth.yaml:3:5: error: disabledPaths: expected paths as clients send them, got "/callback/:id" ` +
			`(write one path for each :id that is to be off, such as /callback/github)`,
		"disabledPaths: ['/reset-password/:token']\n": `BA030 betterauth.yaml:1:17: error: disabledPaths: expected paths as clients send them, got "/reset-password/:token" ` +
			`(write one path for each :token that is to be off, such as /reset-password/abc)`,
	} {
		m, got := resolve(t, text)
		if strings.TrimSpace(got) != want {
			t.Errorf("%s: got\n%s\nwant\n%s", text, got, want)
		}
		if refused := strings.Contains(want, "error"); refused != (m == nil) {
			t.Errorf("%s: refused %v, want %v", text, m == nil, refused)
		}
	}
}
