package resolve

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

func TestCookies(t *testing.T) {
	for text, want := range map[string]string{
		"advanced: {cookies: {session_token: {name: sid}, session_data: {name: '${X}'}, state: {name: '${X}'}}}\n": "",
		"plugins: {two-factor: }\nadvanced: {cookies: {trust_device: {name: t}}}\n":                                "",
		"advanced: {cookies: {session_tokn: {name: sid}}}\n": `BA012 betterauth.yaml:1:22: error: advanced.cookies: there is no cookie "session_tokn" ` +
			`(did you mean "session_token"?)`,
		"advanced: {cookies: {trust_device: {name: t}}}\n": `BA012 betterauth.yaml:1:22: error: advanced.cookies: there is no cookie "trust_device" ` +
			`(it is one of plugin "two-factor": add two-factor: to plugins)`,
		"advanced:\n  cookies:\n    session_data: {name: sid}\n    session_token: {name: sid}\n": `BA015 betterauth.yaml:3:20: error: advanced.cookies: ` +
			`session_token and session_data have the same name "sid" (give each cookie a name of its own)`,
		"advanced: {cookies: {state: {name: better-auth.session_token}}}\n": `BA015 betterauth.yaml:1:30: error: advanced.cookies: ` +
			`session_token and state have the same name "better-auth.session_token" (give each cookie a name of its own)`,
	} {
		cfg, diags := config.Load(config.FileName, []byte(text), all.Plugins())
		if err := diags.Err(); err != nil {
			t.Fatal(text, err)
		}
		_, diags = Resolve(cfg, all.Plugins(), "example.com/shop")
		var got strings.Builder
		for _, d := range diags {
			got.WriteString(d.Code + " " + d.String())
		}
		if got.String() != want {
			t.Errorf("%s: got\n%s\nwant\n%s", text, got.String(), want)
		}
	}
}
