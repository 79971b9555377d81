package secure

import "testing"

// BenchmarkScrypt is what a sign-in costs at least.
func BenchmarkScrypt(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (scryptHash{}).hash("correct horse battery"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifyThroughGate(b *testing.B) {
	hasher, err := NewHasher(Scrypt, NewGate(GateOptions{}))
	if err != nil {
		b.Fatal(err)
	}
	stored, err := hasher.Hash(b.Context(), "correct horse battery")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if ok, err := hasher.Verify(b.Context(), "correct horse battery", stored); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}

func BenchmarkToken(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Token()
	}
}
