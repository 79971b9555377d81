package secure

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// jweTolerance is how far apart the clocks of two servers may be (Better Auth 1.7.5).
const jweTolerance = 15 * time.Second

// jweInfo names the purpose of the keys of encrypted tokens.
const jweInfo = "BetterAuth.js Generated Encryption Key"

// SealJWE returns claims as an encrypted token (RFC 7516, compact form) that lives for ttl: alg dir, enc
// A256CBC-HS512, under a key derived from secret and salt. Claims must be a JSON object; the members
// iat, exp and jti are added to its end.
func SealJWE(secret, salt string, claims any, ttl time.Duration, now time.Time) (string, error) {
	key, err := jweKey(secret, salt)
	if err != nil {
		return "", err
	}
	text, err := jweClaims(claims, ttl, now)
	if err != nil {
		return "", err
	}
	recipient := jose.Recipient{Algorithm: jose.DIRECT, Key: key, KeyID: thumbprint(key)}
	encrypter, err := jose.NewEncrypter(jose.A256CBC_HS512, recipient, nil)
	if err != nil {
		return "", fmt.Errorf("seal token: %w", err)
	}
	sealed, err := encrypter.Encrypt(text)
	if err != nil {
		return "", fmt.Errorf("seal token: %w", err)
	}
	return sealed.CompactSerialize()
}

// OpenJWE decrypts a token of SealJWE at the time now and decodes its claims. Of the secrets the one
// the token's kid names is used; a token without kid is tried with each. The error is ErrTokenInvalid,
// or ErrTokenExpired for one that has lived too long.
func OpenJWE(secrets []string, salt, token string, now time.Time, claims any) error {
	sealed, err := jose.ParseEncryptedCompact(token,
		[]jose.KeyAlgorithm{jose.DIRECT}, []jose.ContentEncryption{jose.A256CBC_HS512, jose.A256GCM})
	if err != nil {
		return ErrTokenInvalid
	}
	text, err := decryptJWE(sealed, secrets, salt)
	if err != nil {
		return err
	}
	if err := checkJWETimes(text, now); err != nil {
		return err
	}
	if err := json.Unmarshal(text, claims); err != nil {
		return fmt.Errorf("%w: %w", ErrTokenInvalid, err)
	}
	return nil
}

func decryptJWE(sealed *jose.JSONWebEncryption, secrets []string, salt string) ([]byte, error) {
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		key, err := jweKey(secret, salt)
		if err != nil {
			return nil, err
		}
		if id := sealed.Header.KeyID; id != "" && id != thumbprint(key) {
			continue
		}
		if text, err := sealed.Decrypt(key); err == nil {
			return text, nil
		}
	}
	return nil, ErrTokenInvalid
}

// checkJWETimes wants an expiry that lies ahead, and a beginning, if there is one, that lies behind.
func checkJWETimes(text []byte, now time.Time) error {
	var times struct {
		Expires   *float64 `json:"exp"`
		NotBefore *float64 `json:"nbf"`
	}
	if err := json.Unmarshal(text, &times); err != nil || times.Expires == nil {
		return ErrTokenInvalid
	}
	if *times.Expires <= float64(now.Add(-jweTolerance).Unix()) {
		return ErrTokenExpired
	}
	if times.NotBefore != nil && *times.NotBefore > float64(now.Add(jweTolerance).Unix()) {
		return ErrTokenInvalid
	}
	return nil
}

// jweClaims is claims with the members every token has.
func jweClaims(claims any, ttl time.Duration, now time.Time) ([]byte, error) {
	text, err := JSON(claims)
	if err != nil {
		return nil, fmt.Errorf("encode token claims: %w", err)
	}
	object, ok := bytes.CutSuffix(text, []byte("}"))
	if !ok || object[0] != '{' {
		return nil, errors.New("encode token claims: not a JSON object")
	}
	if len(object) > 1 {
		object = append(object, ',')
	}
	return fmt.Appendf(object, `"iat":%d,"exp":%d,"jti":"%s"}`, now.Unix(), now.Add(ttl).Unix(), UUID()), nil
}

// jweKey derives the key of encrypted tokens (RFC 5869). The salt keeps tokens of one purpose from
// being taken for those of another.
func jweKey(secret, salt string) ([]byte, error) {
	if secret == "" {
		return nil, errors.New("seal token: no secret is configured")
	}
	key, err := hkdf.Key(sha256.New, []byte(secret), []byte(salt), jweInfo, 64)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	return key, nil
}

// thumbprint names a key without revealing it (RFC 7638).
func thumbprint(key []byte) string {
	return HashKey(`{"k":"` + base64.RawURLEncoding.EncodeToString(key) + `","kty":"oct"}`)
}
