package secure

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"testing"
	"time"
)

type linkClaims struct {
	Email       string `json:"email"`
	UpdateTo    string `json:"updateTo,omitempty"`
	RequestType string `json:"requestType,omitempty"`
	IssuedAt    int64  `json:"iat"`
	Expires     int64  `json:"exp"`
}

func TestJWTVectors(t *testing.T) {
	v := readVectors(t)
	for _, c := range v.Tokens {
		var claims linkClaims
		if err := json.Unmarshal([]byte(c.Payload), &claims); err != nil {
			t.Fatal(err)
		}
		if got, err := SignJWT(v.Secret, claims); err != nil || got != c.Token {
			t.Errorf("SignJWT = %s, %v\nwant %s", got, err, c.Token)
		}
		var read linkClaims
		if err := VerifyJWT(v.Secret, c.Token, time.Unix(claims.IssuedAt, 0), &read); err != nil || read != claims {
			t.Errorf("VerifyJWT = %+v, %v", read, err)
		}
	}
}

// JavaScript leaves these characters as they are, so must we.
func TestJWTKeepsTextUnescaped(t *testing.T) {
	payload := json.RawMessage("{\"b\":\"<&>\u2028\",\"a\":1,\"exp\":9999999999}")
	token, err := SignJWT("secret", payload)
	if err != nil {
		t.Fatal(err)
	}
	want := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256"}`)) + "." + base64.RawURLEncoding.EncodeToString(payload)
	if got := token[:len(token)-44]; got != want {
		t.Errorf("signed text %s, want %s", got, want)
	}
}

func TestJWTTimes(t *testing.T) {
	tests := []struct {
		payload string
		now     int64
		want    error
	}{
		{`{"exp":100}`, 99, nil},
		{`{"exp":100}`, 100, ErrTokenExpired},
		{`{"exp":100}`, 101, ErrTokenExpired},
		{`{"exp":100,"nbf":50}`, 50, nil},
		{`{"exp":100,"nbf":50}`, 49, ErrTokenInvalid},
		{`{}`, 1, ErrTokenInvalid},
		{`{"exp":null}`, 1, ErrTokenInvalid},
		{`{"exp":"100"}`, 1, ErrTokenInvalid},
		{`[]`, 1, ErrTokenInvalid},
		{`null`, 1, ErrTokenInvalid},
		{`{"exp":100,"email":1}`, 1, ErrTokenInvalid},
	}
	for _, tt := range tests {
		token, err := SignJWT("secret", json.RawMessage(tt.payload))
		if err != nil {
			t.Fatal(err)
		}
		var claims linkClaims
		if err := VerifyJWT("secret", token, time.Unix(tt.now, 0), &claims); !errors.Is(err, tt.want) {
			t.Errorf("%s at %d: %v, want %v", tt.payload, tt.now, err, tt.want)
		}
	}
}

func TestVerifyJWTRefusesHeaders(t *testing.T) {
	sign := func(secret, header, payload string) string {
		encode := base64.RawURLEncoding.EncodeToString
		signed := encode([]byte(header)) + "." + encode([]byte(payload))
		return signed + "." + SignURL(secret, signed)
	}
	const payload = `{"exp":100}`
	now := time.Unix(1, 0)
	var claims linkClaims
	if err := VerifyJWT("secret", sign("secret", `{"typ":"JWT","alg":"HS256"}`, payload), now, &claims); err != nil {
		t.Errorf("a typ in the header is harmless: %v", err)
	}
	for _, header := range []string{
		`{"alg":"none"}`, `{"alg":"None"}`, `{"alg":"HS512"}`, `{"alg":"RS256"}`, `{"alg":""}`, `{}`, `null`, `x`,
		`{"alg":"HS256","crit":["exp"]}`,
	} {
		if err := VerifyJWT("secret", sign("secret", header, payload), now, &claims); !errors.Is(err, ErrTokenInvalid) {
			t.Errorf("header %s: %v", header, err)
		}
	}
	good := sign("secret", `{"alg":"HS256"}`, payload)
	for _, token := range []string{
		"", ".", "..", "a.b.c", good + "x", good[:len(good)-1], good + ".", good[:len(good)-44], good[:len(good)-43],
		sign("other", `{"alg":"HS256"}`, payload),
	} {
		if err := VerifyJWT("secret", token, now, &claims); !errors.Is(err, ErrTokenInvalid) {
			t.Errorf("token %q: %v", token, err)
		}
	}
	if err := VerifyJWT("", sign("", `{"alg":"HS256"}`, payload), now, &claims); !errors.Is(err, ErrTokenInvalid) {
		t.Errorf("an empty secret verifies: %v", err)
	}
}
