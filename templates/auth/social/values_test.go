package social_test

import (
	"encoding/json"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

func TestText(t *testing.T) {
	for text, want := range map[string]social.Text{
		`"a"`: "a", `12345678901234567890`: "12345678901234567890", `0`: "0", `null`: "", `true`: "", `{}`: "", `[1]`: "",
	} {
		var got social.Text
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: %q %v", text, got, err)
		}
	}
}

func TestFlag(t *testing.T) {
	for text, want := range map[string]social.Flag{
		`true`: true, `"true"`: true, `1`: true,
		`false`: false, `"false"`: false, `0`: false, `null`: false, `"1"`: false, `{}`: false,
	} {
		got := !want
		if err := json.Unmarshal([]byte(text), &got); err != nil || text != "null" && got != want {
			t.Errorf("%s: %t %v", text, got, err)
		}
	}
}

func TestPlaceholderEmail(t *testing.T) {
	if got, err := social.PlaceholderEmail("12_a", "acme"); err != nil || got != "12_a@acme.placeholder.invalid" {
		t.Errorf("%q %v", got, err)
	}
	for _, id := range []string{"", "a b", "a@b", "é"} {
		if got, err := social.PlaceholderEmail(id, "acme"); err == nil {
			t.Errorf("%q became %q", id, got)
		}
	}
}

func TestWith(t *testing.T) {
	got, err := social.With(json.RawMessage(`{"id": 12345678901234567890, "name": null}`), "name", "Ann")
	if err != nil || string(got) != `{"id":12345678901234567890,"name":"Ann"}` {
		t.Errorf("%s %v", got, err)
	}
	if got, err := social.With(json.RawMessage(`[]`), "name", "Ann"); err == nil {
		t.Errorf("%s", got)
	}
}

func TestFullName(t *testing.T) {
	for want, parts := range map[string][]string{"Ann Lee": {"Ann", "Lee"}, "Ann": {"Ann", ""}, "Lee": {"", "Lee"}, "": {"", ""}} {
		if got := social.FullName(parts...); got != want {
			t.Errorf("%q: %q", parts, got)
		}
	}
}
