package yamledit

import (
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

func TestEdits(t *testing.T) {
	totp := Plugin{ID: "two-factor", Options: []Option{{"issuer", "Shop"}, {"totp.digits", "6"}, {"totp.period", "30"}}}
	for _, c := range []struct {
		name, text string
		add        []Plugin
		remove     []string
		want       string
	}{
		{"no plugins", "appName: x\n", []Plugin{{ID: "bearer"}}, nil, "appName: x\nplugins:\n  bearer:\n"},
		{"no final newline", "appName: x", []Plugin{{ID: "bearer"}}, nil, "appName: x\nplugins:\n  bearer:\n"},
		{"empty", "", []Plugin{{ID: "bearer"}}, nil, "plugins:\n  bearer:\n"},
		{"offered", "a: 1\n\n# Each plugin.\n# plugins:\n#   bearer:\n#   username:\n", []Plugin{{ID: "username"}}, nil,
			"a: 1\n\n# Each plugin.\nplugins:\n  username:\n#   bearer:\n"},
		{"block", "plugins:\n    # first\n    bearer: # why\n    two-factor:\n        issuer: Shop # mine\n\n# end\nb: 2\n", []Plugin{{ID: "username"}}, nil,
			"plugins:\n    # first\n    bearer: # why\n    two-factor:\n        issuer: Shop # mine\n    username:\n\n# end\nb: 2\n"},
		{"options", "plugins:\n  bearer:\n", []Plugin{totp}, nil, "plugins:\n  bearer:\n  two-factor:\n    issuer: Shop\n    totp:\n      digits: 6\n      period: 30\n"},
		{"null", "plugins:\nb: 2\n", []Plugin{{ID: "bearer"}}, nil, "plugins:\n  bearer:\nb: 2\n"},
		{"null with a comment", "plugins: # none yet\nb: 2\n", []Plugin{{ID: "bearer"}}, nil, "plugins: # none yet\n  bearer:\nb: 2\n"},
		{"flow", "plugins: {bearer: , username: {}} # all\n", []Plugin{{ID: "two-factor", Options: []Option{{"issuer", "Shop"}}}}, nil,
			"plugins: {bearer: , username: {}, two-factor: {issuer: Shop}} # all\n"},
		{"empty flow", "plugins: {}\n", []Plugin{{ID: "bearer"}}, nil, "plugins: {bearer: {}}\n"},
		{"there already", "plugins:\n  bearer: {x: 1}\n", []Plugin{{ID: "bearer"}}, nil, "plugins:\n  bearer: {x: 1}\n"},
		{"crlf", "a: 1\r\nplugins:\r\n  bearer:\r\n", []Plugin{{ID: "username"}}, nil, "a: 1\r\nplugins:\r\n  bearer:\r\n  username:\r\n"},

		{"remove from block", "plugins:\n  # a\n  bearer:\n  # b\n  two-factor:\n    issuer: Shop\n    # deep\n    totp: {}\n\n  # c\n  username:\n", nil, []string{"two-factor"},
			"plugins:\n  # a\n  bearer:\n  # b\n\n  # c\n  username:\n"},
		{"remove the last", "a: 1\nplugins:\n  bearer:\n", nil, []string{"bearer"}, "a: 1\nplugins:\n"},
		{"remove from flow", "plugins: {bearer: , two-factor: {issuer: Shop}, username: }\n", nil, []string{"two-factor"}, "plugins: {bearer: , username: }\n"},
		{"remove the end of flow", "plugins: {bearer: {}, username: {}}\n", nil, []string{"username"}, "plugins: {bearer: {}}\n"},
		{"remove all of flow", "plugins: {bearer: {}}\n", nil, []string{"bearer"}, "plugins: {}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Add([]byte(c.text), c.add)
			if err == nil && c.remove != nil {
				got, err = Remove([]byte(c.text), c.remove)
			}
			if err != nil || string(got) != c.want {
				t.Errorf("%v\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	for text, want := range map[string]string{
		"{a: 1, plugins: {bearer: }}":       "by hand",
		"plugins: [bearer]":                 "betterauth.yaml",
		"a: [":                              "betterauth.yaml",
		"x: &p {bearer: {}}\nplugins: *p\n": "by hand",
	} {
		got, err := Add([]byte(text), []Plugin{{ID: "username"}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %q", text, err, got)
		}
	}
	if _, err := Remove([]byte("plugins:\n  bearer:\n"), []string{"username"}); err == nil {
		t.Error("removed what is not there")
	}
}

// FuzzEdit adds a plugin and takes it out again. Other keys stay as they are.
func FuzzEdit(f *testing.F) {
	f.Add("plugins:\n  bearer:\n# x\nb: 2\n")
	f.Add("plugins: {bearer: , x: {y: [1, 2]}} # c\n")
	f.Add("# plugins:\n#   bearer:\n")
	f.Add("a: |\n  plugins:\nplugins:\n    b: \"}\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		before, err := keys(text)
		if err != nil {
			return
		}
		added, err := Add([]byte(text), []Plugin{{ID: "added"}})
		if err != nil {
			return
		}
		after, err := keys(string(added))
		if err != nil {
			t.Fatalf("%q became %q: %v", text, added, err)
		}
		for k := range before {
			if _, ok := after[k]; !ok {
				t.Fatalf("%q became %q: %s is gone", text, added, k)
			}
		}
	})
}

func keys(text string) (map[string]any, error) {
	var out map[string]any
	err := yaml.Unmarshal([]byte(text), &out)
	return out, err
}
