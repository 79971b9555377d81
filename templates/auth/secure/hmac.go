package secure

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
)

// Sign returns the HMAC-SHA256 of value as padded standard base64, the form of
// signed cookies (44 characters).
func Sign(secret, value string) string {
	return base64.StdEncoding.EncodeToString(sum(secret, value))
}

// Verify reports whether signature is the one Sign makes.
func Verify(secret, value, signature string) bool {
	return Equal(Sign(secret, value), signature)
}

// SignURL returns the HMAC-SHA256 of value as unpadded base64url, the form
// used inside tokens and links (43 characters).
func SignURL(secret, value string) string {
	return base64.RawURLEncoding.EncodeToString(sum(secret, value))
}

// VerifyURL reports whether signature is the one SignURL makes.
func VerifyURL(secret, value, signature string) bool {
	return Equal(SignURL(secret, value), signature)
}

// HashKey returns the unpadded base64url SHA-256 of text: what is stored in
// place of a token when the "hashed" storage modes are chosen.
func HashKey(text string) string {
	hash := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(hash[:])
}

// Equal compares two secrets in a time that does not tell where they differ.
func Equal(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

func sum(secret, value string) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(value))
	return mac.Sum(nil)
}
