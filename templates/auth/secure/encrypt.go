package secure

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

// ErrDecrypt reports a ciphertext that is malformed, was changed or was made
// with a secret this keyring does not hold.
var ErrDecrypt = errors.New("value cannot be decrypted")

// envelope starts a ciphertext that names the version of its secret:
// $ba$<version>$<hex>.
const envelope = "$ba$"

// Keyring encrypts stored values with XChaCha20-Poly1305 under the SHA-256 of
// a secret. With Versions set, secrets can be rotated: new values are made with
// the current version and older ones stay readable.
type Keyring struct {
	// Secret is the only secret, or with Versions the one that was in use
	// before them. It reads ciphertexts that carry no version.
	Secret string
	// Current is the version new values are encrypted with.
	Current int
	// Versions holds the secret of each version.
	Versions map[int]string
}

// Signing returns the secret that signs cookies and tokens. Signatures carry
// no version, so only the current secret makes and checks them.
func (k Keyring) Signing() string {
	if len(k.Versions) == 0 {
		return k.Secret
	}
	return k.Versions[k.Current]
}

// Secrets returns every secret that opens encrypted tokens, the current one first.
func (k Keyring) Secrets() []string {
	secrets := []string{k.Signing()}
	for _, version := range slices.Sorted(maps.Keys(k.Versions)) {
		secrets = append(secrets, k.Versions[version])
	}
	return slices.Compact(append(secrets, k.Secret))
}

// Encrypt returns the ciphertext of plaintext: hex, in an envelope naming the
// version when there are versions.
func (k Keyring) Encrypt(plaintext string) (string, error) {
	secret := k.Signing()
	if secret == "" {
		return "", errors.New("encrypt: no secret is configured")
	}
	text, err := seal(secret, plaintext)
	if err != nil || len(k.Versions) == 0 {
		return text, err
	}
	return envelope + strconv.Itoa(k.Current) + "$" + text, nil
}

// Decrypt returns the plaintext of what Encrypt made. Any failure is ErrDecrypt.
func (k Keyring) Decrypt(ciphertext string) (string, error) {
	secret, text := k.secretFor(ciphertext)
	if secret == "" {
		return "", fmt.Errorf("%w: its secret is not configured", ErrDecrypt)
	}
	return open(secret, text)
}

func (k Keyring) secretFor(ciphertext string) (secret, text string) {
	rest, enveloped := strings.CutPrefix(ciphertext, envelope)
	if !enveloped {
		return k.Secret, ciphertext
	}
	version, text, ok := strings.Cut(rest, "$")
	n, err := strconv.Atoi(version)
	if !ok || err != nil {
		return "", ""
	}
	return k.Versions[n], text
}

// Encrypted reports whether a stored value has the form of a ciphertext. Values
// written before encryption was turned on are plain and must be used as they are.
func Encrypted(value string) bool {
	if strings.HasPrefix(value, envelope) {
		return true
	}
	_, err := hex.DecodeString(value)
	return value != "" && err == nil
}

func seal(secret, plaintext string) (string, error) {
	key := sha256.Sum256([]byte(secret))
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return "", fmt.Errorf("encrypt: %w", err)
	}
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plaintext)+aead.Overhead())
	_, _ = rand.Read(nonce) // never fails: the program is stopped instead
	return hex.EncodeToString(aead.Seal(nonce, nonce, []byte(plaintext), nil)), nil
}

func open(secret, ciphertext string) (string, error) {
	key := sha256.Sum256([]byte(secret))
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return "", fmt.Errorf("decrypt: %w", err)
	}
	sealed, err := hex.DecodeString(ciphertext)
	if err != nil || len(sealed) < aead.NonceSize() {
		return "", ErrDecrypt
	}
	nonce, body := sealed[:aead.NonceSize()], sealed[aead.NonceSize():]
	plaintext, err := aead.Open(nil, nonce, body, nil)
	if err != nil {
		return "", ErrDecrypt
	}
	return string(plaintext), nil
}
