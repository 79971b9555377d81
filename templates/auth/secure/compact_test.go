package secure

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestCompactVectors(t *testing.T) {
	v := readVectors(t)
	for _, c := range v.Compact {
		expires := time.UnixMilli(c.Expires)
		if got := SignCompact(v.Secret, []byte(c.Payload), expires); got != c.Token {
			t.Errorf("SignCompact = %s\nwant %s", got, c.Token)
		}
		if got, ends, err := VerifyCompact(v.Secret, c.Token, expires); err != nil || string(got) != c.Payload || !ends.Equal(expires) {
			t.Errorf("VerifyCompact = %s, %v", got, err)
		}
		if _, _, err := VerifyCompact(v.Secret, c.Token, expires.Add(time.Millisecond)); !errors.Is(err, ErrTokenExpired) {
			t.Errorf("after its end: %v", err)
		}
	}
}

func TestCompactRefuses(t *testing.T) {
	now := time.UnixMilli(1_800_000_000_000)
	token := SignCompact("secret", []byte(`{"a":1}`), now.Add(time.Minute))
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(from, to string) string {
		if !strings.Contains(string(text), from) {
			t.Fatalf("%s is not in %s", from, text)
		}
		return base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(text), from, to, 1)))
	}
	for name, bad := range map[string]string{
		"empty":         "",
		"not base64":    "{}",
		"payload":       edit(`"a":1`, `"a":2`),
		"later":         edit(`"expiresAt":18`, `"expiresAt":19`),
		"no signature":  edit(`"signature":"`, `"x":"`),
		"empty payload": edit(`{"a":1}`, ``),
		"a member more": edit(`}`, `,"b":2}`),
		"cut":           token[:len(token)-4],
	} {
		if _, _, err := VerifyCompact("secret", bad, now); !errors.Is(err, ErrTokenInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, secret := range []string{"", "another"} {
		if _, _, err := VerifyCompact(secret, token, now); !errors.Is(err, ErrTokenInvalid) {
			t.Errorf("secret %q: %v", secret, err)
		}
	}
}

func FuzzVerifyCompact(f *testing.F) {
	now := time.UnixMilli(1_800_000_000_000)
	f.Add(SignCompact("secret", []byte(`{"a":1}`), now))
	f.Add(base64.RawURLEncoding.EncodeToString([]byte(`{"session":,"expiresAt":,"signature":""}`)))
	f.Fuzz(func(t *testing.T, token string) {
		if _, _, err := VerifyCompact("another secret", token, now); err == nil {
			t.Errorf("accepted %q", token)
		}
	})
}
