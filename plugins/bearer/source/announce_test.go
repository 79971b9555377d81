package bearer

import (
	"net/http"
	"testing"
)

func TestExpose(t *testing.T) {
	for before, want := range map[string]string{
		"":                        "set-auth-token",
		"x-mine":                  "x-mine, set-auth-token",
		"x-mine,Set-Auth-Token":   "x-mine, Set-Auth-Token",
		" a , , b,set-auth-token": "a, b, set-auth-token",
	} {
		h := http.Header{}
		if before != "" {
			h.Set("Access-Control-Expose-Headers", before)
		}
		expose(h, "set-auth-token")
		if got := h.Get("Access-Control-Expose-Headers"); got != want {
			t.Errorf("%q becomes %q, want %q", before, got, want)
		}
	}
}
