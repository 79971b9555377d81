package social_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

func base64url(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// signingKey is a provider's RSA key.
type signingKey struct{ *rsa.PrivateKey }

func newKey(t *testing.T) signingKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return signingKey{key}
}

// jwks is the key as the provider publishes it.
func (k signingKey) jwks() string {
	return fmt.Sprintf(`{"keys": [{"kty": "RSA", "kid": "k1", "alg": "RS256", "use": "sig", "n": %q, "e": %q}]}`,
		base64url(k.N.Bytes()), base64url(big.NewInt(int64(k.E)).Bytes()))
}

// public is the key as an attacker has it.
func (k signingKey) public(t *testing.T) []byte {
	der, err := x509.MarshalPKIXPublicKey(k.Public())
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

func unsigned(header string, claims map[string]any) string {
	text, _ := json.Marshal(claims)
	return base64url([]byte(header)) + "." + base64url(text)
}

func (k signingKey) sign(claims map[string]any) string {
	return k.signAs(`{"alg":"RS256","kid":"k1"}`, claims)
}

func (k signingKey) signAs(header string, claims map[string]any) string {
	text := unsigned(header, claims)
	digest := sha256.Sum256([]byte(text))
	signature, _ := rsa.SignPKCS1v15(rand.Reader, k.PrivateKey, crypto.SHA256, digest[:])
	return text + "." + base64url(signature)
}

// claims are good ones, with changes; nil takes a claim away.
func claims(changes map[string]any) map[string]any {
	out := map[string]any{
		"iss": "https://acme.example", "aud": "client", "sub": "ann", "nonce": "nonce",
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
	}
	maps.Copy(out, changes)
	maps.DeleteFunc(out, func(_ string, value any) bool { return value == nil })
	return out
}

func verifying(t *testing.T, spec social.IDToken, keys string) func(token, nonce string) error {
	provider := acme()
	spec.JWKS = "https://acme.example/keys"
	provider.IDToken = &spec
	p := social.New(provider, acmeOptions(), social.Funcs{Transport: answering(keys)}).(core.IDTokenProvider)
	return func(token, nonce string) error { return p.VerifyIDToken(t.Context(), token, nonce) }
}

// TestVerifyIDToken tries what is known against ID tokens (RFC 8725).
//
// security: 39
func TestVerifyIDToken(t *testing.T) {
	key, foreign := newKey(t), newKey(t)
	verify := verifying(t, social.IDToken{Issuers: []string{"https://acme.example"}, MaxAge: time.Hour}, key.jwks())
	good := key.sign(claims(nil))
	if err := verify(good, "nonce"); err != nil {
		t.Fatalf("a good token: %v", err)
	}
	hmacWith := func(secret []byte) string {
		text := unsigned(`{"alg":"HS256","kid":"k1"}`, claims(nil))
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(text))
		return text + "." + base64url(mac.Sum(nil))
	}
	parts := strings.Split(good, ".")
	other := strings.Split(key.sign(claims(map[string]any{"sub": "eve"})), ".")
	with := func(name string, value any) string { return key.sign(claims(map[string]any{name: value})) }
	ago := func(d time.Duration) int64 { return time.Now().Add(-d).Unix() }
	for name, token := range map[string]string{
		"empty":                       "",
		"opaque":                      "token",
		"alg none":                    unsigned(`{"alg":"none"}`, claims(nil)) + ".",
		"alg None":                    unsigned(`{"alg":"None","kid":"k1"}`, claims(nil)) + ".",
		"alg none with signature":     unsigned(`{"alg":"none","kid":"k1"}`, claims(nil)) + "." + parts[2],
		"no alg":                      key.signAs(`{"kid":"k1"}`, claims(nil)),
		"another alg":                 key.signAs(`{"alg":"RS512","kid":"k1"}`, claims(nil)),
		"HS256 with the public key":   hmacWith(key.public(t)),
		"HS256 with the key set":      hmacWith([]byte(key.jwks())),
		"HS256 with the secret":       hmacWith([]byte("s3cret")),
		"foreign key":                 foreign.sign(claims(nil)),
		"foreign key without kid":     foreign.signAs(`{"alg":"RS256"}`, claims(nil)),
		"foreign key in the header":   foreign.signAs(`{"alg":"RS256","jwk":`+foreign.jwks()[10:len(foreign.jwks())-2]+`}`, claims(nil)),
		"unknown key":                 key.signAs(`{"alg":"RS256","kid":"k2"}`, claims(nil)),
		"critical extension":          key.signAs(`{"alg":"RS256","kid":"k1","crit":["x"],"x":1}`, claims(nil)),
		"changed claims":              parts[0] + "." + other[1] + "." + parts[2],
		"no signature":                parts[0] + "." + parts[1] + ".",
		"another issuer":              with("iss", "https://evil.example"),
		"an issuer with a slash more": with("iss", "https://acme.example/"),
		"no issuer":                   with("iss", nil),
		"another audience":            with("aud", "somebody"),
		"other audiences":             with("aud", []string{"somebody", "else"}),
		"no audience":                 with("aud", nil),
		"empty audience":              with("aud", ""),
		"expired":                     with("exp", ago(time.Second)),
		"no expiry":                   with("exp", nil),
		"not valid yet":               with("nbf", ago(-time.Hour)),
		"issued long ago":             with("iat", ago(time.Hour+time.Minute)),
		"issued in the future":        with("iat", ago(-5*time.Minute)),
		"no time of issue":            with("iat", nil),
		"about nobody":                with("sub", nil),
		"another nonce":               with("nonce", "other"),
		"a hashed nonce":              with("nonce", fmt.Sprintf("%x", sha256.Sum256([]byte("nonce")))),
		"no nonce":                    with("nonce", nil),
	} {
		if verify(token, "nonce") == nil {
			t.Errorf("%s: taken", name)
		}
	}
	for name, token := range map[string]string{
		"for another client of ours":  with("aud", "mobile"),
		"for several":                 with("aud", []string{"somebody", "client"}),
		"without kid":                 key.signAs(`{"alg":"RS256"}`, claims(nil)),
		"from a clock a little ahead": with("iat", ago(-10*time.Second)),
	} {
		if err := verify(token, "nonce"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := verify(with("nonce", nil), ""); err != nil {
		t.Errorf("no nonce asked for: %v", err)
	}
}

// security: 39
func TestVerifyIDTokenAlgorithms(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	point, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	keys := fmt.Sprintf(`{"keys": [{"kty": "EC", "crv": "P-256", "kid": "e1", "x": %q, "y": %q}]}`, base64url(point[1:33]), base64url(point[33:]))
	text := unsigned(`{"alg":"ES256","kid":"e1"}`, claims(nil))
	digest := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	token := text + "." + base64url(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
	issuers := []string{"https://acme.example"}
	if verifying(t, social.IDToken{Issuers: issuers}, keys)(token, "") == nil {
		t.Error("ES256 taken where only RS256 is expected")
	}
	if err := verifying(t, social.IDToken{Issuers: issuers, Algorithms: []string{"ES256"}}, keys)(token, ""); err != nil {
		t.Error(err)
	}
}

func TestVerifyIDTokenSpecs(t *testing.T) {
	key := newKey(t)
	hashed := sha256.Sum256([]byte("nonce"))
	refused := errors.New("refused")
	acme := []string{"https://acme.example"}
	for name, test := range map[string]struct {
		spec  social.IDToken
		token string
		good  bool
	}{
		"hashed nonce":             {social.IDToken{Issuers: acme, HashedNonce: true}, key.sign(claims(map[string]any{"nonce": hex.EncodeToString(hashed[:])})), true},
		"plain nonce all the same": {social.IDToken{Issuers: acme, HashedNonce: true}, key.sign(claims(nil)), true},
		"no issuer, no check":      {social.IDToken{}, key.sign(claims(nil)), false},
		"no issuer, but a check":   {social.IDToken{Check: func(json.RawMessage) error { return nil }}, key.sign(claims(nil)), true},
		"a check that refuses":     {social.IDToken{Issuers: acme, Check: func(json.RawMessage) error { return refused }}, key.sign(claims(nil)), false},
		"own audiences":            {social.IDToken{Issuers: acme, Audiences: []string{"bundle"}}, key.sign(claims(map[string]any{"aud": "bundle"})), true},
		"own audiences only":       {social.IDToken{Issuers: acme, Audiences: []string{"bundle"}}, key.sign(claims(nil)), false},
		"opaque":                   {social.IDToken{Issuers: acme, Opaque: true}, "opaque", true},
		"opaque and empty":         {social.IDToken{Issuers: acme, Opaque: true}, "", false},
	} {
		if err := verifying(t, test.spec, key.jwks())(test.token, "nonce"); (err == nil) != test.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestVerifyIDTokenWithoutKeys fails closed.
//
// security: 50
func TestVerifyIDTokenWithoutKeys(t *testing.T) {
	token := newKey(t).sign(claims(nil))
	for _, keys := range []string{"", "{}", `{"keys": []}`, "<html>", `{"keys": [{"kty": "oct", "kid": "k1", "k": ""}]}`} {
		if verifying(t, social.IDToken{Issuers: []string{"https://acme.example"}}, keys)(token, "nonce") == nil {
			t.Errorf("taken with the keys %q", keys)
		}
	}
}
