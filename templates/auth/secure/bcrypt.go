package secure

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/bcrypt"
)

const (
	bcryptCost    = 12
	maxBcryptCost = 16 // about four seconds; a stored hash may not ask for more
	bcryptMemory  = 8 << 10

	// bcryptPrefix marks a hash of base64(SHA-256(password)). Bcrypt itself
	// ignores what follows the 72nd byte; the digest keeps every byte counting
	// and, being text, holds no zero byte to stop at.
	bcryptPrefix = "$bcrypt-sha256"
)

// bcryptHash makes "$bcrypt-sha256" followed by an ordinary bcrypt string. It
// also checks ordinary strings, which other systems leave behind when their
// users are imported.
type bcryptHash struct{}

func (bcryptHash) owns(stored string) bool {
	rest := strings.TrimPrefix(stored, bcryptPrefix)
	return strings.HasPrefix(rest, "$2a$") || strings.HasPrefix(rest, "$2b$") || strings.HasPrefix(rest, "$2y$")
}

func (bcryptHash) current(stored string) bool {
	rest, ours := strings.CutPrefix(stored, bcryptPrefix)
	cost, err := bcrypt.Cost([]byte(rest))
	return ours && err == nil && cost == bcryptCost
}

func (bcryptHash) hashMemory() int64 { return bcryptMemory }

func (bcryptHash) verifyMemory(stored string) (int64, error) {
	cost, err := bcrypt.Cost([]byte(strings.TrimPrefix(stored, bcryptPrefix)))
	if err != nil || cost > maxBcryptCost {
		return 0, ErrMalformedHash
	}
	return bcryptMemory, nil
}

func (bcryptHash) hash(password string) (string, error) {
	hash, err := bcrypt.GenerateFromPassword(digest(password), bcryptCost)
	if err != nil {
		return "", fmt.Errorf("bcrypt: %w", err)
	}
	return bcryptPrefix + string(hash), nil
}

func (bcryptHash) verify(password, stored string) (bool, error) {
	input := []byte(password)
	rest, ours := strings.CutPrefix(stored, bcryptPrefix)
	if ours {
		input = digest(password)
	}
	err := bcrypt.CompareHashAndPassword([]byte(rest), input)
	if errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("%w: %w", ErrMalformedHash, err)
	}
	return true, nil
}

func digest(password string) []byte {
	hash := sha256.Sum256(normalize(password))
	return base64.StdEncoding.AppendEncode(nil, hash[:])
}
