package secure

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

const sessionSalt = "better-auth-session"

func TestJWEKeyVectors(t *testing.T) {
	v := readVectors(t)
	for _, c := range v.Keys {
		key, err := jweKey(v.Secret, c.Salt)
		if err != nil || hex.EncodeToString(key) != c.Key || thumbprint(key) != c.KID {
			t.Errorf("%s: key %x, kid %s, %v", c.Salt, key, thumbprint(key), err)
		}
	}
}

// Tokens of Better Auth are opened, and ours have the same header and the same claims in the same order.
func TestJWEVectors(t *testing.T) {
	v := readVectors(t)
	for _, c := range v.Sealed {
		var times struct{ Iat, Exp int64 }
		if err := json.Unmarshal([]byte(c.Payload), &times); err != nil {
			t.Fatal(err)
		}
		now := time.Unix(times.Iat, 0)
		var claims json.RawMessage
		if err := OpenJWE([]string{v.Secret}, c.Salt, c.Token, now, &claims); err != nil || string(claims) != c.Payload {
			t.Fatalf("OpenJWE = %s, %v\nwant %s", claims, err, c.Payload)
		}
		bare, _, _ := strings.Cut(c.Payload, `,"iat":`)
		ours, err := SealJWE(v.Secret, c.Salt, json.RawMessage(bare+"}"), time.Duration(times.Exp-times.Iat)*time.Second, now)
		if err != nil {
			t.Fatal(err)
		}
		if header, _, _ := strings.Cut(c.Token, "."); !strings.HasPrefix(ours, header+"..") {
			t.Errorf("header of %s, want %s", ours, header)
		}
		if err := OpenJWE([]string{v.Secret}, c.Salt, ours, now, &claims); err != nil {
			t.Fatal(err)
		}
		want, _, _ := strings.Cut(c.Payload, `"jti":`)
		if got, id, _ := strings.Cut(string(claims), `"jti":`); got != want || len(id) != len(`"00000000-0000-4000-8000-000000000000"}`) {
			t.Errorf("claims %s, want %s", claims, c.Payload)
		}
	}
}

func TestJWETolerance(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	token := sealed(t, "secret", map[string]int{"a": 1}, time.Minute, now)
	for _, tt := range []struct {
		after time.Duration
		want  error
	}{
		{0, nil}, {time.Minute + 14*time.Second, nil}, {time.Minute + 15*time.Second, ErrTokenExpired}, {time.Hour, ErrTokenExpired},
	} {
		var claims map[string]any
		if err := OpenJWE([]string{"secret"}, sessionSalt, token, now.Add(tt.after), &claims); !errors.Is(err, tt.want) {
			t.Errorf("after %s: %v, want %v", tt.after, err, tt.want)
		}
	}
}

// A rotated secret still opens what it sealed; the kid says which one did.
func TestJWERotation(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	var claims map[string]any
	token := sealed(t, "old", struct{}{}, time.Minute, now)
	if err := OpenJWE([]string{"new", "old"}, sessionSalt, token, now, &claims); err != nil {
		t.Error(err)
	}
	if err := OpenJWE([]string{"new"}, sessionSalt, token, now, &claims); !errors.Is(err, ErrTokenInvalid) {
		t.Errorf("without the old secret: %v", err)
	}
	if err := OpenJWE([]string{"new", "old"}, sessionSalt, withoutKID(t, "old", now), now, &claims); err != nil {
		t.Errorf("without kid: %v", err)
	}
}

func TestJWERefuses(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	token := sealed(t, "secret", struct{}{}, time.Minute, now)
	parts := strings.Split(token, ".")
	flipped := []byte(parts[3])
	flipped[0] ^= 1
	plain := base64.RawURLEncoding.EncodeToString([]byte(`{"exp":9999999999}`))
	for name, bad := range map[string]string{
		"empty":       "",
		"changed":     strings.Join([]string{parts[0], "", parts[2], string(flipped), parts[4]}, "."),
		"without tag": strings.Join([]string{parts[0], "", parts[2], parts[3], ""}, "."),
		"alg none":    base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + plain + ".",
		"a signed":    mustSign(t, `{"exp":9999999999}`),
	} {
		var claims map[string]any
		if err := OpenJWE([]string{"secret"}, sessionSalt, bad, now, &claims); !errors.Is(err, ErrTokenInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var claims map[string]any
	for name, open := range map[string]func() error{
		"another purpose": func() error { return OpenJWE([]string{"secret"}, "better-auth-account", token, now, &claims) },
		"no secrets":      func() error { return OpenJWE(nil, sessionSalt, token, now, &claims) },
		"empty secret":    func() error { return OpenJWE([]string{""}, sessionSalt, token, now, &claims) },
	} {
		if err := open(); !errors.Is(err, ErrTokenInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := SealJWE("", sessionSalt, struct{}{}, time.Minute, now); err == nil {
		t.Error("sealed without a secret")
	}
	if _, err := SealJWE("secret", sessionSalt, []int{1}, time.Minute, now); err == nil {
		t.Error("sealed a list")
	}
}

func FuzzOpenJWE(f *testing.F) {
	now := time.Unix(1_800_000_000, 0)
	token, err := SealJWE("secret", sessionSalt, struct{}{}, time.Minute, now)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(token)
	f.Fuzz(func(t *testing.T, other string) {
		var claims map[string]any
		if err := OpenJWE([]string{"another secret"}, sessionSalt, other, now, &claims); err == nil {
			t.Errorf("opened %q", other)
		}
	})
}

func sealed(t *testing.T, secret string, claims any, ttl time.Duration, now time.Time) string {
	t.Helper()
	token, err := SealJWE(secret, sessionSalt, claims, ttl, now)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// withoutKID makes a token as older versions of Better Auth did.
func withoutKID(t *testing.T, secret string, now time.Time) string {
	t.Helper()
	key, err := jweKey(secret, sessionSalt)
	if err != nil {
		t.Fatal(err)
	}
	encrypter, err := jose.NewEncrypter(jose.A256CBC_HS512, jose.Recipient{Algorithm: jose.DIRECT, Key: key}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := jweClaims(struct{}{}, time.Minute, now)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := encrypter.Encrypt(text)
	if err != nil {
		t.Fatal(err)
	}
	token, err := sealed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func mustSign(t *testing.T, payload string) string {
	t.Helper()
	token, err := SignJWT("secret", json.RawMessage(payload))
	if err != nil {
		t.Fatal(err)
	}
	return token
}
