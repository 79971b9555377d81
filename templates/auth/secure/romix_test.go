package secure

import (
	"encoding/hex"
	"testing"

	"golang.org/x/crypto/scrypt"
)

// TestROMixVectors are those of RFC 7914, section 12, whose p is 1.
func TestROMixVectors(t *testing.T) {
	for _, tt := range []struct {
		password, salt string
		n, r           int
		want           string
	}{
		{"", "", 16, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"},
		{"pleaseletmein", "SodiumChloride", 16384, 8, "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"},
	} {
		key, err := newROMix(tt.n, tt.r).key([]byte(tt.password), []byte(tt.salt), 64)
		if err != nil || hex.EncodeToString(key) != tt.want {
			t.Errorf("%q: %x, %v", tt.password, key, err)
		}
	}
}

// FuzzROMix uses one memory for all inputs, as the server does, and has another implementation agree.
func FuzzROMix(f *testing.F) {
	f.Add([]byte("password"), []byte("salt"), uint8(4), uint8(1))
	f.Add([]byte{}, []byte{0xff}, uint8(1), uint8(16))
	f.Fuzz(func(t *testing.T, password, salt []byte, logN, r uint8) {
		n, size := 1<<(1+logN%8), int(1+r%16)
		m := newROMix(n, size)
		for range 2 {
			want, err := scrypt.Key(password, salt, n, size, 1, 64)
			if err != nil {
				t.Skip()
			}
			if got, err := m.key(password, salt, 64); err != nil || string(got) != string(want) {
				t.Fatalf("%x, %v; want %x", got, err, want)
			}
			salt = append(salt, 'x')
		}
	})
}
