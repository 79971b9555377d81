package secure

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Errors of VerifyJWT. Links tell their visitors an expired token from a
// wrong one.
var (
	ErrTokenInvalid = errors.New("token is not valid")
	ErrTokenExpired = errors.New("token has expired")
)

// jwtHeader is the whole header of our tokens, {"alg":"HS256"} without a typ.
var jwtHeader = base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256"}`))

// SignJWT returns the HS256 token (RFC 7519) of claims, whose JSON members keep
// their order and stay unescaped, as JavaScript writes them. General JWT
// libraries escape <, > and & here, so their tokens would differ in bytes.
//
// Claims must hold exp, in unix seconds, for VerifyJWT to accept the token.
func SignJWT(secret string, claims any) (string, error) {
	payload, err := JSON(claims)
	if err != nil {
		return "", fmt.Errorf("encode token claims: %w", err)
	}
	signed := jwtHeader + "." + base64.RawURLEncoding.EncodeToString(payload)
	return signed + "." + SignURL(secret, signed), nil
}

// VerifyJWT checks an HS256 token at the time now and decodes its claims.
//
// The signature comes first: nothing of an unsigned token is believed. Then the
// header must name HS256 and no critical extension, exp must be there and lie
// ahead, and nbf, if there, behind. There is no clock tolerance.
func VerifyJWT(secret, token string, now time.Time, claims any) error {
	header, rest, _ := strings.Cut(token, ".")
	payload, signature, ok := strings.Cut(rest, ".")
	if !ok || secret == "" || !VerifyURL(secret, header+"."+payload, signature) {
		return ErrTokenInvalid
	}
	var head struct {
		Algorithm string          `json:"alg"`
		Critical  json.RawMessage `json:"crit"`
	}
	if err := decodePart(header, &head); err != nil || head.Algorithm != "HS256" || head.Critical != nil {
		return ErrTokenInvalid
	}
	var times struct {
		Expires   *float64 `json:"exp"`
		NotBefore *float64 `json:"nbf"`
	}
	if err := decodePart(payload, &times); err != nil || times.Expires == nil {
		return ErrTokenInvalid
	}
	seconds := float64(now.Unix())
	if *times.Expires <= seconds {
		return ErrTokenExpired
	}
	if times.NotBefore != nil && *times.NotBefore > seconds {
		return ErrTokenInvalid
	}
	if err := decodePart(payload, claims); err != nil {
		return fmt.Errorf("%w: %w", ErrTokenInvalid, err)
	}
	return nil
}

func decodePart(part string, into any) error {
	text, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}
