package secure

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/scrypt"
)

// The cost parameters of Better Auth 1.7.5. They are not stored with the hash,
// so they cannot change.
const (
	scryptN, scryptR, scryptP = 16384, 16, 1
	scryptKeyLength           = 64
	scryptMemory              = 128 * scryptN * scryptR
)

// scryptHash makes the form of Better Auth: "salt:key" in lower-case hex.
type scryptHash struct{}

func (scryptHash) owns(stored string) bool {
	return !argon2Hash{}.owns(stored) && !bcryptHash{}.owns(stored)
}

func (s scryptHash) current(stored string) bool {
	_, err := s.verifyMemory(stored)
	return err == nil
}

func (scryptHash) hashMemory() int64 { return scryptMemory }

func (scryptHash) verifyMemory(stored string) (int64, error) {
	_, _, err := splitScrypt(stored)
	return scryptMemory, err
}

func (scryptHash) hash(password string) (string, error) {
	raw := make([]byte, 16)
	_, _ = rand.Read(raw) // never fails: the program is stopped instead
	salt := hex.EncodeToString(raw)
	key, err := scryptKey(password, salt)
	if err != nil {
		return "", err
	}
	return salt + ":" + hex.EncodeToString(key), nil
}

func (scryptHash) verify(password, stored string) (bool, error) {
	salt, want, err := splitScrypt(stored)
	if err != nil {
		return false, err
	}
	got, err := scryptKey(password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// scryptKey salts with the hex text itself, not with the bytes it stands for.
func scryptKey(password, salt string) ([]byte, error) {
	key, err := scrypt.Key(normalize(password), []byte(salt), scryptN, scryptR, scryptP, scryptKeyLength)
	if err != nil {
		return nil, fmt.Errorf("scrypt: %w", err)
	}
	return key, nil
}

func splitScrypt(stored string) (salt string, key []byte, err error) {
	salt, text, _ := strings.Cut(stored, ":")
	key, err = hex.DecodeString(text)
	if err != nil || salt == "" || len(key) != scryptKeyLength {
		return "", nil, ErrMalformedHash
	}
	return salt, key, nil
}
