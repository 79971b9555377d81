package secure

import (
	"bytes"
	"encoding/base64"
	"strconv"
	"time"
)

// The parts around the payload of a compact token.
const (
	compactStart     = `{"session":`
	compactExpiry    = `,"expiresAt":`
	compactSignature = `,"signature":"`
	compactEnd       = `"}`
)

// SignCompact returns payload, a JSON object, in the signed form of the cookie cache's compact strategy
// (Better Auth 1.7.5): base64url of {"session":payload,"expiresAt":ms,"signature":"…"}. The signature is
// over the object with expiresAt as one more member, in JavaScript's spelling; see JSON.
func SignCompact(secret string, payload []byte, expires time.Time) string {
	expiry := strconv.AppendInt([]byte(compactExpiry), expires.UnixMilli(), 10)
	text := make([]byte, 0, len(payload)+128)
	text = append(text, compactStart...)
	text = append(text, payload...)
	text = append(text, expiry...)
	text = append(text, compactSignature...)
	text = append(text, SignURL(secret, compactText(payload, expiry))...)
	text = append(text, compactEnd...)
	return base64.RawURLEncoding.EncodeToString(text)
}

// VerifyCompact returns the payload of a token of SignCompact at the time now, and when it expires. Nothing of
// it is parsed before the signature is found right, over the very bytes that were signed. The error is
// ErrTokenInvalid or ErrTokenExpired.
func VerifyCompact(secret, token string, now time.Time) (payload []byte, expires time.Time, err error) {
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || secret == "" {
		return nil, time.Time{}, ErrTokenInvalid
	}
	body, ok := bytes.CutPrefix(text, []byte(compactStart))
	at, mark := bytes.LastIndex(body, []byte(compactExpiry)), bytes.LastIndex(body, []byte(compactSignature))
	signature, ended := bytes.CutSuffix(body[max(mark, 0):], []byte(compactEnd))
	if !ok || !ended || at < 2 || mark < at || body[at-1] != '}' {
		return nil, time.Time{}, ErrTokenInvalid
	}
	payload, expiry := body[:at], body[at:mark]
	if !VerifyURL(secret, compactText(payload, expiry), string(signature[len(compactSignature):])) {
		return nil, time.Time{}, ErrTokenInvalid
	}
	ends, err := strconv.ParseInt(string(expiry[len(compactExpiry):]), 10, 64)
	if err != nil {
		return nil, time.Time{}, ErrTokenInvalid
	}
	if ends < now.UnixMilli() {
		return nil, time.Time{}, ErrTokenExpired
	}
	return payload, time.UnixMilli(ends), nil
}

// compactText is what is signed: the members of payload, then expiresAt.
func compactText(payload, expiry []byte) string {
	return string(payload[:len(payload)-1]) + string(expiry) + "}"
}
