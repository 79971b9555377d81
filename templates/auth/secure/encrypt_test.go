package secure

import (
	"errors"
	"regexp"
	"strings"
	"testing"
)

func TestDecryptVectors(t *testing.T) {
	v := readVectors(t)
	single := Keyring{Secret: v.Secret}
	for _, c := range v.Encrypted.Cases {
		if got, err := single.Decrypt(c.Ciphertext); err != nil || got != c.Plaintext {
			t.Errorf("Decrypt = %q, %v, want %q", got, err, c.Plaintext)
		}
	}
	rotated := Keyring{Secret: v.Encrypted.LegacySecret, Current: v.Encrypted.Current, Versions: v.Encrypted.Versions}
	for _, c := range v.Encrypted.Versioned {
		if got, err := rotated.Decrypt(c.Ciphertext); err != nil || got != c.Plaintext {
			t.Errorf("versioned Decrypt = %q, %v, want %q", got, err, c.Plaintext)
		}
	}
}

func TestEncryptForm(t *testing.T) {
	single := Keyring{Secret: "one"}
	rotated := Keyring{Secret: "one", Current: 3, Versions: map[int]string{3: "three", 2: "two"}}
	tests := []struct {
		ring    Keyring
		pattern string
	}{
		{single, `^[0-9a-f]{90}$`},
		{rotated, `^\$ba\$3\$[0-9a-f]{90}$`},
	}
	for _, tt := range tests {
		a, err := tt.ring.Encrypt("hello")
		if err != nil {
			t.Fatal(err)
		}
		b, _ := tt.ring.Encrypt("hello")
		if !regexp.MustCompile(tt.pattern).MatchString(a) || a == b {
			t.Errorf("ciphertexts %s and %s", a, b)
		}
		if got, err := tt.ring.Decrypt(a); err != nil || got != "hello" {
			t.Errorf("round trip gives %q, %v", got, err)
		}
	}
}

func TestRotationKeepsOldValuesReadable(t *testing.T) {
	legacy, err := Keyring{Secret: "one"}.Encrypt("hello")
	if err != nil {
		t.Fatal(err)
	}
	second, err := Keyring{Secret: "one", Current: 2, Versions: map[int]string{2: "two"}}.Encrypt("hello")
	if err != nil {
		t.Fatal(err)
	}
	now := Keyring{Secret: "one", Current: 3, Versions: map[int]string{2: "two", 3: "three"}}
	for _, text := range []string{legacy, second} {
		if got, err := now.Decrypt(text); err != nil || got != "hello" {
			t.Errorf("Decrypt(%s) = %q, %v", text, got, err)
		}
	}
	if now.Signing() != "three" || (Keyring{Secret: "one"}).Signing() != "one" {
		t.Error("the current secret must sign")
	}
}

func TestDecryptRefuses(t *testing.T) {
	ring := Keyring{Secret: "one", Current: 2, Versions: map[int]string{2: "two"}}
	good, err := ring.Encrypt("hello")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimPrefix(good, "$ba$2$")
	bad := []string{"", "zz", "ab", "$ba$", "$ba$2", "$ba$2$", "$ba$x$" + text, "$ba$1$" + text, "$ba$-2$" + text, text, good + "00", good[:len(good)-2]}
	for i := range text {
		changed := []byte(text)
		if changed[i] = '0'; text[i] == '0' {
			changed[i] = '1'
		}
		bad = append(bad, "$ba$2$"+string(changed))
	}
	for _, ciphertext := range bad {
		if got, err := ring.Decrypt(ciphertext); !errors.Is(err, ErrDecrypt) || got != "" {
			t.Errorf("Decrypt(%s) = %q, %v", ciphertext, got, err)
		}
	}
}

func TestEncryptWithoutSecret(t *testing.T) {
	for _, ring := range []Keyring{{}, {Current: 2, Versions: map[int]string{1: "one"}}} {
		if text, err := ring.Encrypt("hello"); err == nil {
			t.Errorf("%v encrypted without a secret: %s", ring, text)
		}
	}
}

func TestEncrypted(t *testing.T) {
	for value, want := range map[string]bool{
		"": false, "ya29.token": false, "abc": false, "abcd": true, "ABCD": true, "$ba$1$00": true, "gho_16C7": false,
	} {
		if got := Encrypted(value); got != want {
			t.Errorf("Encrypted(%q) = %v", value, got)
		}
	}
}
