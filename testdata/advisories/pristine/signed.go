package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// SignedValue returns value followed by a dot and its HMAC-SHA256 in padded
// standard base64: the plain text of a signed cookie.
func SignedValue(secret, value string) string {
	return value + "." + signature(secret, value)
}

// ReadSigned splits a signed value at its last dot and checks the signature.
func ReadSigned(secret, signed string) (value string, ok bool) {
	dot := strings.LastIndexByte(signed, '.')
	if dot < 1 {
		return "", false
	}
	value, given := signed[:dot], signed[dot+1:]
	if given != signature(secret, value) {
		return "", false
	}
	return value, true
}

func signature(secret, value string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(value))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
