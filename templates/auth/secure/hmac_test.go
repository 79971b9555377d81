package secure

import "testing"

func TestSignVectors(t *testing.T) {
	v := readVectors(t)
	for _, c := range v.Signatures {
		if got := Sign(v.Secret, c.Value); got != c.Signature {
			t.Errorf("Sign(%q) = %s, want %s", c.Value, got, c.Signature)
		}
		if !Verify(v.Secret, c.Value, c.Signature) {
			t.Errorf("Verify refuses the signature of %q", c.Value)
		}
	}
}

func TestHashKeyVectors(t *testing.T) {
	for _, c := range readVectors(t).Hashed {
		if got := HashKey(c.Text); got != c.Hash {
			t.Errorf("HashKey(%q) = %s, want %s", c.Text, got, c.Hash)
		}
	}
}

func TestVerifyRefuses(t *testing.T) {
	good, goodURL := Sign("secret", "value"), SignURL("secret", "value")
	if len(good) != 44 || len(goodURL) != 43 {
		t.Fatalf("lengths %d and %d", len(good), len(goodURL))
	}
	if !VerifyURL("secret", "value", goodURL) {
		t.Error("VerifyURL refuses its own signature")
	}
	for _, c := range []struct{ secret, value, signature string }{
		{"other", "value", good},
		{"secret", "Value", good},
		{"secret", "value", ""},
		{"secret", "value", good[:43]},
		{"secret", "value", good + "="},
		{"secret", "value", goodURL},
	} {
		if Verify(c.secret, c.value, c.signature) {
			t.Errorf("Verify(%q, %q, %q) accepted", c.secret, c.value, c.signature)
		}
	}
	for i := range goodURL {
		changed := []byte(goodURL)
		changed[i] ^= 1
		if VerifyURL("secret", "value", string(changed)) {
			t.Errorf("signature changed at %d accepted", i)
		}
	}
}
