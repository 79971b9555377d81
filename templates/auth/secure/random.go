package secure

import (
	"crypto/rand"
	"encoding/hex"
)

// Alphabets of the random values. Each has at most 256 one-byte characters.
const (
	LowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789"
	Letters           = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	Digits            = "0123456789"
	Alphanumeric      = Letters + Digits
	URLSafe           = Alphanumeric + "-_"
)

// ID returns a new row id: 32 characters of Alphanumeric, about 190 bits.
func ID() string { return Text(32, Alphanumeric) }

// Token returns a new session token: 32 characters of Alphanumeric.
func Token() string { return Text(32, Alphanumeric) }

// Text returns n characters drawn evenly from alphabet by the system's
// cryptographic generator.
//
// An alphabet of fewer than two characters could hold no secret, so
// Alphanumeric takes its place rather than a guessable value being returned.
func Text(n int, alphabet string) string {
	if len(alphabet) < 2 || len(alphabet) > 256 {
		alphabet = Alphanumeric
	}
	// Bytes from the last, incomplete run of the alphabet are thrown away:
	// keeping them would favour its first characters.
	limit := 256 - 256%len(alphabet)

	text := make([]byte, 0, max(n, 0))
	pool := make([]byte, 64)
	for len(text) < n {
		_, _ = rand.Read(pool) // never fails: the program is stopped instead
		for _, b := range pool {
			if int(b) < limit && len(text) < n {
				text = append(text, alphabet[int(b)%len(alphabet)])
			}
		}
	}
	return string(text)
}

// UUID returns a random (version 4) UUID, RFC 9562 section 5.4.
func UUID() string {
	var u [16]byte
	_, _ = rand.Read(u[:])
	return uuid(u, 4)
}

// HashUUID returns a UUID made of a hash (version 8), RFC 9562 section 5.8.
func HashUUID(hash [32]byte) string { return uuid([16]byte(hash[:16]), 8) }

func uuid(u [16]byte, version byte) string {
	u[6] = u[6]&0x0f | version<<4
	u[8] = u[8]&0x3f | 0x80
	h := hex.EncodeToString(u[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
