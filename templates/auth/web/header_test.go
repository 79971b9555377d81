package web

import (
	"net/http"
	"testing"
)

// The wanted texts are what Better Auth 1.7.5 stores for these bytes.
func TestHeaderText(t *testing.T) {
	for sent, want := range map[string]string{
		"":                        "",
		"Mozilla/5.0":             "Mozilla/5.0",
		"MyApp (Universit\xe9)":   "MyApp (Université)",
		"MyApp (Universit\u00e9)": "MyApp (UniversitÃ©)",
	} {
		if got := HeaderText(http.Header{"User-Agent": {sent}}, "user-agent"); got != want {
			t.Errorf("%q is %q, want %q", sent, got, want)
		}
	}
	if got := HeaderText(http.Header{}, "User-Agent"); got != "" {
		t.Errorf("a missing header is %q", got)
	}
}
